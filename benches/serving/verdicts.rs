//! What was promised, and whether it is so.

/// Promises, in the order in which they were looked at.
#[derive(Debug, Default)]
pub(crate) struct Verdicts(Vec<(bool, String)>);

impl Verdicts {
    pub(crate) fn at_least(&mut self, what: &str, figure: f64, least: f64) {
        let said = format!("{what}: {figure:.2}, at least {least}");
        self.0.push((figure >= least, said));
    }

    pub(crate) fn at_most(&mut self, what: &str, figure: f64, most: f64) {
        let said = format!("{what}: {figure:.2}, at most {most}");
        self.0.push((figure <= most, said));
    }

    /// Prints all, and fails when one is not kept.
    pub(crate) fn end(self) {
        println!();
        for (is_kept, said) in &self.0 {
            println!("{} {said}", if *is_kept { "kept   " } else { "MISSED " });
        }
        let missed = self.0.iter().filter(|(is_kept, _)| !is_kept).count();
        assert_eq!(missed, 0, "of {} promises", self.0.len());
    }
}
