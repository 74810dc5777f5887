// Cargo.toml: base64 = "0.22", ring = "0.17"
use std::process::ExitCode;

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

const ID: &str = "evt_01h455vb4pex5vsknk084sn02q";
const TIMESTAMP: &str = "1773513007";
const SIGNATURES: &str = "v1,KXTMz+sGhEuhUTCrHfjtv/6o+R269XSdY2srrFBm62E= v1,yr+TEeWUj8x9DhfVyCNr5QdTMq7XTM4s+CD8oTKEDa0=";
const BODY: &str = "{\"title\":\"Dvořák 🎻 '; echo hacked #\\\"; ${process.exit(0)} `id` $(id) \\\\ \\n\u{202e}\u{2028}\u{7f}e\u{301}\",\"first\":\"@\"}\n\u{9}";

/// Whether one of the signatures is by this secret, which begins with whsec_.
pub fn is_valid(secret: &str) -> bool {
    let key = secret.strip_prefix("whsec_").expect("a signing secret");
    let key = STANDARD.decode(key).expect("a signing secret");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    let signed = format!("{ID}.{TIMESTAMP}.{BODY}");
    SIGNATURES.split(' ').any(|signature| {
        let tag = signature.strip_prefix("v1,").unwrap_or_default();
        let tag = STANDARD.decode(tag).unwrap_or_default();
        hmac::verify(&key, signed.as_bytes(), &tag).is_ok()
    })
}

fn main() -> ExitCode {
    let secret = std::env::var("WEBHOOK_SECRET").expect("WEBHOOK_SECRET is set");
    let valid = is_valid(&secret);
    println!("{}", if valid { "valid" } else { "invalid" });
    ExitCode::from(u8::from(!valid))
}