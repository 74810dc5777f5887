//! The secret that an app makes codes of.

use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::id::UserId;
use org_kernel::instant::Instant;
use secrecy::zeroize::Zeroizing;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::enrolment::Enrolment;
use super::{NotOpened, SealedSecret, SecretBox};

/// As many bytes as SHA-1 gives: what RFC 4226 recommends.
const BYTES: usize = 20;

/// How long the code of one step is shown, in seconds.
const STEP: u64 = 30;

/// 20 random bytes, wiped when they are dropped.
pub(crate) struct AppSecret(Zeroizing<[u8; BYTES]>);

/// The stored secret cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The server was given no key to open it with.
    #[error("there is no key for the secrets of second factors")]
    NoKey,
    /// It does not open.
    #[error("the secret of the second factor does not open")]
    NotOpened(#[source] NotOpened),
}

impl AppSecret {
    /// Makes a secret of randomness.
    pub(crate) fn generate(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// The bytes, to be sealed.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The step of which this is the code, if it is the present one, or the one before or after it.
    pub(crate) fn step_of(&self, code: &str, now: Instant) -> Option<u64> {
        let seconds = now.unix_milliseconds().div_euclid(1000);
        // Before 1970 there were no codes.
        let seconds = u64::try_from(seconds).ok()?;
        self.totp(None, "").check(code, seconds)
    }

    /// What an app takes the secret from. A colon would end the name, so it is left out of both.
    pub(crate) fn enrolment(&self, issuer: &str, account: &str) -> Enrolment {
        let [issuer, account] = [issuer, account].map(|name| name.replace(':', " "));
        let totp = self.totp(Some(issuer), &account);
        let url = totp.to_url().expect("an account without a colon");
        Enrolment::new(url, &totp.secret().to_base32())
    }

    fn totp(&self, issuer: Option<String>, account: &str) -> Totp {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(STEP)
            .with_secret(Secret::new_stack(*self.0))
            .with_issuer(issuer)
            .with_account_name(account)
            .build()
            .expect("a secret of 160 bits, and names without a colon")
    }
}

/// Reads a user's secret, if the server can.
pub(crate) fn open(
    secret_box: Option<&dyn SecretBox>,
    user: UserId,
    sealed: &SealedSecret,
) -> Result<AppSecret, Unreadable> {
    let opened = secret_box.ok_or(Unreadable::NoKey)?.open(user, sealed);
    let opened = opened.map_err(Unreadable::NotOpened)?;
    let bytes = opened.as_slice().try_into();
    let bytes = bytes.map_err(|_| Unreadable::NotOpened(NotOpened::Tampered))?;
    Ok(AppSecret(Zeroizing::new(bytes)))
}

#[cfg(test)]
impl AppSecret {
    /// The secret with these bytes.
    pub(crate) fn of(bytes: [u8; BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The code that an app shows.
    pub(crate) fn code(&self, now: Instant) -> String {
        let seconds = u64::try_from(now.unix_milliseconds() / 1000).expect("after 1970");
        self.totp(None, "").generate(seconds).to_string()
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    const RFC: [u8; BYTES] = *b"12345678901234567890";

    fn at(seconds: i64) -> Instant {
        let epoch: Instant = "1970-01-01T00:00:00Z".parse().expect("an instant");
        epoch.saturating_add(Duration::seconds(seconds))
    }

    #[test]
    fn codes_are_those_of_rfc_4226() {
        let secret = AppSecret::of(RFC);
        let published = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (step, code) in (0..).zip(published) {
            assert_eq!(secret.code(at(step * 30)), code, "step {step}");
        }
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = AppSecret::of(RFC);
        // The last six of the eight digits that are published.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = u64::try_from(seconds / 30).expect("after 1970");
            assert_eq!(secret.step_of(code, at(seconds)), Some(step), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_and_one_step_late() {
        let secret = AppSecret::of(RFC);
        let code = secret.code(at(3000));
        for (seconds, good) in [(2969, false), (2970, true), (3059, true), (3060, false)] {
            let step = good.then_some(100);
            assert_eq!(secret.step_of(&code, at(seconds)), step, "{seconds}");
        }
        assert_eq!(secret.step_of("755224", at(-1)), None, "before all codes");
    }

    #[test]
    fn an_app_takes_the_secret_from_a_url() {
        let told = AppSecret::of(RFC).enrolment("Abonnement: Wien & Co", "ada:1@example.org");
        assert_eq!(
            told.url(),
            "otpauth://totp/Abonnement%20%20Wien%20%26%20Co:ada%201%40example.org\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Abonnement%20%20Wien%20%26%20Co"
        );
        assert_eq!(told.secret(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
