//! A UUID as 26 characters of Crockford's base 32, lower case, most significant bits first.

use uuid::Uuid;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;

/// The 26 digits of one UUID, without an allocation.
pub(super) struct Digits([u8; LENGTH]);

impl Digits {
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the digits are ASCII")
    }
}

pub(super) fn encode(uuid: Uuid) -> Digits {
    let mut rest = uuid.as_u128();
    let mut digits = [0; LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[usize::try_from(rest & 31).expect("five bits fit")];
        rest >>= 5;
    }
    Digits(digits)
}

/// `None` for another length, a character outside the alphabet, or more than 128 bits.
pub(super) fn decode(text: &str) -> Option<Uuid> {
    if text.len() != LENGTH || text.as_bytes()[0] > b'7' {
        return None;
    }
    let mut bits = 0_u128;
    for byte in text.bytes() {
        let digit = DIGITS.iter().position(|known| *known == byte)?;
        bits = (bits << 5) | u128::try_from(digit).ok()?;
    }
    Some(Uuid::from_u128(bits))
}
