//! An error told with all that it comes from.

use std::error::Error;

/// The error and its sources, outermost first, parted by colons, on one line.
///
/// What an error says may come from a database or a client. Whatever ends a line in it, or steers a
/// terminal, becomes a space: a line of a log must not be able to make up another.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let errors = std::iter::successors(Some(error), |error| (**error).source());
    let texts: Vec<_> = errors
        .map(|error| on_one_line(&error.to_string()))
        .collect();
    texts.join(": ")
}

fn on_one_line(text: &str) -> String {
    let breaks = |char: char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}');
    let pieces: Vec<_> = text
        .split(breaks)
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{text}")]
    struct Told {
        text: &'static str,
        source: Option<Box<Told>>,
    }

    fn told(texts: &[&'static str]) -> Told {
        let (text, sources) = texts.split_first().expect("a text");
        let source = (!sources.is_empty()).then(|| Box::new(told(sources)));
        Told { text, source }
    }

    #[test]
    fn every_source_is_told_after_what_it_caused() {
        assert_eq!(chain(&told(&["alone"])), "alone");
        assert_eq!(
            chain(&told(&["outer", "middle", "inner"])),
            "outer: middle: inner"
        );
    }

    #[test]
    fn no_text_makes_a_second_line() {
        let error = told(&["one\ntwo\r\n", "\u{1b}[31mred\u{85}x\u{2028}y\u{2029}z\0"]);
        assert_eq!(chain(&error), "one two: [31mred x y z");
    }
}
