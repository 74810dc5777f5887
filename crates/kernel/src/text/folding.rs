//! Text without case and accents, for searching and sorting.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded form of `text`: lower case, without accents and other combining marks, and with the
/// letters that Unicode does not decompose (`ø`, `ł`, `ß`, …) written as people type them.
///
/// Folding is stable (folding twice changes nothing), and the folded form of a part of a text is
/// a part of the folded text as long as no character is cut from its combining marks.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        match spelled_out(character) {
            Some(spelling) => folded.push_str(spelling),
            None if is_combining_mark(character) => {}
            None => folded.push(character),
        }
    }
    folded
}

/// Latin letters that have no decomposition, as they are commonly written without their stroke.
const fn spelled_out(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ŋ' => "n",
        'ĸ' => "k",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        for (text, folded) in [
            ("Dvořák, Antonín", "dvorak, antonin"),
            ("DVOŘÁK", "dvorak"),
            ("Dvor\u{30c}a\u{301}k", "dvorak"),
            ("Saint-Saëns", "saint-saens"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Nørgård", "norgard"),
            ("Lutosławski", "lutoslawski"),
            ("Þorvaldsdóttir", "thorvaldsdottir"),
            ("İstanbul", "istanbul"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("ﬁnale", "finale"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in [
            "Dvořák",
            "ǅ",
            "ẞ",
            "İ",
            "Å",
            "ﬃ",
            "한국",
            "Чайковский",
            "Ἀχιλλεύς",
        ] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }
}
