//! Base 62: digits, then capital letters, then small letters.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// As many digits as the largest CRC-32 needs.
pub(super) const CHECKSUM: usize = 6;

/// The number in six digits, the most significant first, with zeros to its left.
pub(super) fn encode(mut number: u32) -> [u8; CHECKSUM] {
    let mut digits = [0; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[usize::try_from(number % 62).expect("a digit is small")];
        number /= 62;
    }
    digits
}

/// The digit that a random byte stands for, each digit as likely as any other.
///
/// 256 is no multiple of 62: the last eight values of a byte would favour the first eight digits,
/// so they stand for none.
pub(super) fn digit_of(random: u8) -> Option<char> {
    (random < 248).then(|| char::from(DIGITS[usize::from(random % 62)]))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn numbers_are_padded_and_ordered_like_their_digits() {
        for (number, digits) in [
            (0, b"000000"),
            (9, b"000009"),
            (10, b"00000A"),
            (35, b"00000Z"),
            (36, b"00000a"),
            (61, b"00000z"),
            (62, b"000010"),
            (u32::MAX, b"4gfFC3"),
        ] {
            assert_eq!(&encode(number), digits, "{number}");
        }
    }

    #[test]
    fn every_digit_stands_for_as_many_bytes() {
        let mut counts = HashMap::new();
        for digit in (0..=u8::MAX).filter_map(digit_of) {
            *counts.entry(digit).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 62);
        assert!(counts.values().all(|count| *count == 4), "{counts:?}");
    }
}
