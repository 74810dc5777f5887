//! Works of which a source tells only a part.

use org_kernel::field::Invalid;

use super::Work;

impl Work {
    /// This work, with those movements of `part` besides whose numbers it lacks, in order of their
    /// numbers. What is known already stays as it is.
    ///
    /// Refused when there would be more than [`MAX_MOVEMENTS`](Self::MAX_MOVEMENTS).
    pub fn with_movements_of(&self, part: &Self) -> Result<Self, Invalid> {
        let mut whole = self.clone();
        for movement in &part.movements {
            let known = |other: &super::Movement| other.number == movement.number;
            if !self.movements.iter().any(known) {
                whole.movements.push(movement.clone());
            }
        }
        if whole.movements.len() > Self::MAX_MOVEMENTS {
            let max = Self::MAX_MOVEMENTS;
            return Err(Invalid::new(format!(
                "would, with those stored, be more than {max} items"
            )));
        }
        if whole.movements.len() > self.movements.len() {
            whole.movements.sort_by_key(|movement| movement.number);
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use org_kernel::text::Line;

    use super::*;
    use crate::repertoire::{Movement, Rights};

    fn work(title: &str, movements: &[(i32, &str)]) -> Work {
        let line = |text: &str| Line::stored(text.to_owned());
        let movements = movements.iter().map(|(number, title)| Movement {
            number: *number,
            title: line(title),
            duration_minutes: None,
        });
        Work {
            title: line(title),
            nickname: None,
            composer: Line::stored("Wagner, Richard".to_owned()),
            composer_birth_year: None,
            composer_death_year: None,
            arranger: None,
            catalogue: None,
            key: None,
            year_composed: None,
            genre: None,
            duration_minutes: None,
            instrumentation: None,
            movements: movements.collect(),
            rights: Rights::Unknown,
        }
    }

    #[test]
    fn movements_are_united_by_number_and_what_is_known_stays() {
        let stored = work("Lohengrin", &[(1, "Prelude"), (7, "Bridal chorus")]);
        let part = work("LOHENGRIN", &[(3, "Elsa's dream"), (7, "Wedding march")]);
        let whole = stored.with_movements_of(&part).expect("few movements");
        assert_eq!(
            whole,
            work(
                "Lohengrin",
                &[(1, "Prelude"), (3, "Elsa's dream"), (7, "Bridal chorus")]
            )
        );
        assert_eq!(whole.with_movements_of(&part), Ok(whole.clone()));
    }

    #[test]
    fn a_part_that_adds_nothing_changes_nothing() {
        let stored = work("Lohengrin", &[(7, "Bridal chorus"), (1, "Prelude")]);
        let part = work("Lohengrin", &[(1, "Prelude")]);
        assert_eq!(stored.with_movements_of(&part), Ok(stored.clone()));
    }

    #[test]
    fn the_movements_stay_within_their_bound() {
        let many: Vec<_> = (1..=1000).map(|number| (number, "x")).collect();
        let stored = work("Long", &many);
        assert!(
            stored
                .with_movements_of(&work("Long", &[(1001, "x")]))
                .is_err()
        );
    }
}
