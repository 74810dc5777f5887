//! What a receiver believes, and that nothing altered is believed.

use proptest::prelude::*;
use time::Duration as Span;

use super::*;
use crate::signing::sign;
use crate::testing::{
    BODY, BODY_SIGNATURE, ID, NEWEST, NEWEST_SIGNATURE, OLDER, OLDER_SIGNATURE, TIMESTAMP, message,
    secret, signed_at,
};

const KNOWN: Received<'_> = Received {
    id: ID,
    timestamp: TIMESTAMP,
    signature: NEWEST_SIGNATURE,
    body: BODY.as_bytes(),
};

fn verified(received: Received<'_>) -> Result<(), Unverified> {
    verify(received, &[secret(NEWEST)], signed_at(), TOLERANCE)
}

fn seconds_later(seconds: i64) -> Instant {
    let later = signed_at().checked_add(Span::seconds(seconds));
    later.expect("in range")
}

#[test]
fn a_known_message_is_believed() {
    assert_eq!(verified(KNOWN), Ok(()));
    assert_eq!(
        verify_body(BODY_SIGNATURE, BODY.as_bytes(), &[secret(NEWEST)]),
        Ok(())
    );
}

#[test]
fn a_message_signed_by_any_of_the_receivers_secrets_is_believed() {
    for secrets in [[NEWEST, OLDER], [OLDER, NEWEST]] {
        let secrets = secrets.map(secret);
        assert_eq!(verify(KNOWN, &secrets, signed_at(), TOLERANCE), Ok(()));
        let body_alone = verify_body(BODY_SIGNATURE, BODY.as_bytes(), &secrets);
        assert_eq!(body_alone, Ok(()));
    }
}

#[test]
fn a_receiver_finds_its_signature_among_others() {
    let list = format!("v1a,{OLDER} v1, {OLDER_SIGNATURE} v1,?? {NEWEST_SIGNATURE}");
    let received = Received {
        signature: &list,
        ..KNOWN
    };
    for secrets in [NEWEST, OLDER].map(|text| [secret(text)]) {
        assert_eq!(verify(received, &secrets, signed_at(), TOLERANCE), Ok(()));
    }
}

#[test]
fn without_a_secret_or_with_another_nothing_is_believed() {
    for secrets in [vec![], vec![secret(OLDER)]] {
        let refused = verify(KNOWN, &secrets, signed_at(), TOLERANCE);
        assert_eq!(refused, Err(Unverified::BadSignature));
        let refused = verify_body(BODY_SIGNATURE, BODY.as_bytes(), &secrets);
        assert_eq!(refused, Err(Unverified::BadSignature));
    }
}

#[test]
fn a_signature_of_another_form_is_none() {
    let bare = NEWEST_SIGNATURE.trim_start_matches("v1,");
    let other_version = format!("v2,{bare}");
    let cut_short = "v1,xYWZv5YCqKIprzSRpeDnENBXMZyPEq50VuQ09nO6";
    for signature in ["", " ", "v1,", bare, &other_version, cut_short] {
        let received = Received { signature, ..KNOWN };
        assert_eq!(
            verified(received),
            Err(Unverified::BadSignature),
            "{signature:?}"
        );
    }
    let bare = BODY_SIGNATURE.trim_start_matches("sha256=");
    for signature in ["", "sha256=", bare, &BODY_SIGNATURE[..40]] {
        let refused = verify_body(signature, BODY.as_bytes(), &[secret(NEWEST)]);
        assert_eq!(refused, Err(Unverified::BadSignature), "{signature:?}");
    }
}

#[test]
fn a_message_is_believed_within_the_tolerance_and_no_longer() {
    let at = |seconds| verify(KNOWN, &[secret(NEWEST)], seconds_later(seconds), TOLERANCE);
    assert_eq!(at(300), Ok(()));
    assert_eq!(at(301), Err(Unverified::TooOld));
    assert_eq!(at(-300), Ok(()));
    assert_eq!(at(-301), Err(Unverified::TooNew));
}

#[test]
fn a_timestamp_is_a_number_however_far_off() {
    for (timestamp, refusal) in [
        ("", Unverified::BadTimestamp),
        ("now", Unverified::BadTimestamp),
        ("1773513007.5", Unverified::BadTimestamp),
        ("99999999999999999999", Unverified::BadTimestamp),
        ("-9223372036854775808", Unverified::TooOld),
        ("9223372036854775807", Unverified::TooNew),
    ] {
        let received = Received { timestamp, ..KNOWN };
        assert_eq!(verified(received), Err(refusal), "{timestamp:?}");
    }
}

#[test]
fn another_id_or_time_is_not_what_was_signed() {
    let other_id = Received {
        id: "evt_01h455vb4pex5vsknk084sn02r",
        ..KNOWN
    };
    assert_eq!(verified(other_id), Err(Unverified::BadSignature));
    for timestamp in ["1773513008", "+1773513007", "01773513007"] {
        let other_time = Received { timestamp, ..KNOWN };
        assert_eq!(
            verified(other_time),
            Err(Unverified::BadSignature),
            "{timestamp}"
        );
    }
}

proptest! {
    #[test]
    fn what_is_signed_is_believed_until_a_bit_of_it_flips(
        body in prop::collection::vec(any::<u8>(), 1..200),
        place: prop::sample::Index,
        bit in 0..8_u8,
    ) {
        let [newest, older] = [NEWEST, OLDER].map(secret);
        let signed = sign(message(&body), &newest, [&older]);
        let [body_signature, id, timestamp, signature] = signed.map(|(_, value)| value);
        let secrets = [newest];
        let mut flipped = body.clone();
        flipped[place.index(body.len())] ^= 1 << bit;
        for (body, expected) in [(&body, Ok(())), (&flipped, Err(Unverified::BadSignature))] {
            let received = Received {
                id: &id,
                timestamp: &timestamp,
                signature: &signature,
                body,
            };
            prop_assert_eq!(verify(received, &secrets, signed_at(), TOLERANCE), expected);
            prop_assert_eq!(verify_body(&body_signature, body, &secrets), expected);
        }
    }

    #[test]
    fn any_other_character_in_a_signature_spoils_it(place: prop::sample::Index, other in "[ -~]") {
        let spoil = |signature: &str| {
            let place = place.index(signature.len());
            let mut spoilt = signature.to_owned();
            spoilt.replace_range(place..=place, &other);
            (spoilt != signature).then_some(spoilt)
        };
        if let Some(signature) = spoil(NEWEST_SIGNATURE) {
            let received = Received { signature: &signature, ..KNOWN };
            prop_assert_eq!(verified(received), Err(Unverified::BadSignature));
        }
        if let Some(signature) = spoil(BODY_SIGNATURE) {
            let refused = verify_body(&signature, BODY.as_bytes(), &[secret(NEWEST)]);
            prop_assert_eq!(refused, Err(Unverified::BadSignature));
        }
    }

    #[test]
    fn no_headers_make_it_panic(id: String, timestamp: String, signature: String) {
        let received = Received { id: &id, timestamp: &timestamp, signature: &signature, ..KNOWN };
        prop_assert!(verified(received).is_err());
    }
}
