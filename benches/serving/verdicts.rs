//! What was promised, and whether it is so.

use std::process::ExitCode;

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

    /// Prints all; the status is a failure's when one is not kept.
    pub(crate) fn told(self) -> ExitCode {
        println!();
        for (is_kept, said) in &self.0 {
            println!("{} {said}", if *is_kept { "kept   " } else { "MISSED " });
        }
        if self.0.iter().all(|(is_kept, _)| *is_kept) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
