//! A code as somebody typed it.

use org_kernel::id::UserId;
use secrecy::zeroize::Zeroizing;

use super::{RecoveryHash, recovery};

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 64;

/// Six digits are the app's; anything else may be a recovery code.
pub(crate) enum TypedCode {
    App(Zeroizing<String>),
    Recovery(RecoveryHash),
}

impl TypedCode {
    /// Reads a code of this user's; `None` for what can be neither.
    pub(crate) fn read(user: UserId, typed: &str) -> Option<Self> {
        let typed = (typed.len() <= LONGEST).then_some(typed)?;
        let visible = typed.chars().filter(|character| !character.is_whitespace());
        let text: Zeroizing<String> = Zeroizing::new(visible.collect());
        if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::App(text));
        }
        let digits = recovery::digits(&text)?;
        Some(Self::Recovery(recovery::hash(user, &digits)))
    }
}
