//! Texts that are sealed, opened, moved and damaged.

use org_kernel::id::UserId;
use uuid::Uuid;

use super::*;
use crate::testing::{Counting, NEWEST, secret};

fn key(byte: u8) -> MasterKey {
    MasterKey::parse(&STANDARD.encode([byte; KEY_BYTES])).expect("a key")
}

fn endpoint(number: u128) -> EndpointId {
    EndpointId::new(Uuid::from_u128(number))
}

fn sealed() -> Sealed {
    let sealed = key(1).seal(&Counting, endpoint(1), &secret(NEWEST));
    sealed.expect("randomness")
}

#[test]
fn what_is_sealed_opens_under_its_key_for_its_endpoint() {
    let opened = key(1).open(endpoint(1), &sealed()).expect("the secret");
    assert_eq!(opened.expose(), NEWEST);
}

#[test]
fn another_endpoint_cannot_open_it() {
    let opened = key(1).open(endpoint(2), &sealed()).map(|_| ());
    assert_eq!(opened, Err(NotOpened::Tampered));
}

#[test]
fn a_users_secret_is_any_bytes_and_opens_for_that_user_alone() {
    let user = |number| Holder::User(UserId::new(Uuid::from_u128(number)));
    let secret = [0, 255, 7];
    let sealed = key(1).seal_bytes(&Counting, user(1), &secret);
    let sealed = sealed.expect("randomness");
    let opened = |holder| key(1).open_bytes(holder, &sealed).map(|text| text.to_vec());
    assert_eq!(opened(user(1)), Ok(secret.to_vec()));
    for other in [user(2), Holder::Endpoint(endpoint(1))] {
        assert_eq!(opened(other), Err(NotOpened::Tampered), "{other}");
    }
}

/// What was sealed when endpoints alone had secrets still opens.
#[test]
fn an_endpoints_secret_is_bound_to_the_bytes_of_its_id() {
    assert_eq!(Holder::Endpoint(endpoint(1)).bound(), 1_u128.to_be_bytes());
}

#[test]
fn another_key_is_named() {
    let opened = key(2).open(endpoint(1), &sealed()).map(|_| ());
    let expected = NotOpened::OtherKey {
        sealed_under: key(1).id().to_owned(),
        this: key(2).id().to_owned(),
    };
    assert_eq!(opened, Err(expected));
    let under_its_name = Sealed {
        key_id: key(2).id().to_owned(),
        ..sealed()
    };
    let opened = key(2).open(endpoint(1), &under_its_name).map(|_| ());
    assert_eq!(opened, Err(NotOpened::Tampered));
}

#[test]
fn no_flipped_bit_goes_unnoticed() {
    let whole = sealed();
    for place in 0..whole.ciphertext.len() * 8 {
        let mut flipped = whole.clone();
        flipped.ciphertext[place / 8] ^= 1 << (place % 8);
        let opened = key(1).open(endpoint(1), &flipped).map(|_| ());
        assert_eq!(opened, Err(NotOpened::Tampered), "bit {place}");
    }
    let nonce = [7; NONCE_LEN];
    let other = Sealed { nonce, ..whole };
    assert!(key(1).open(endpoint(1), &other).is_err());
}

#[test]
fn a_master_key_is_32_bytes_in_base64() {
    let made = MasterKey::generate(&Counting).expect("randomness");
    assert!(MasterKey::parse(&made).is_ok());
    assert!(MasterKey::parse(&format!("{}\n", made.as_str())).is_ok());
    for bytes in [0, 16, 31, 33, 64] {
        let text = STANDARD.encode(vec![1; bytes]);
        assert_eq!(
            MasterKey::parse(&text).map(|_| ()),
            Err(NotAMasterKey),
            "{bytes}"
        );
    }
    assert_eq!(
        MasterKey::parse("not base64").map(|_| ()),
        Err(NotAMasterKey)
    );
}

#[test]
fn a_key_shows_its_id_and_nothing_else() {
    let printed = format!("{:?}", key(1));
    assert_eq!(
        printed,
        format!("MasterKey {{ id: {:?}, .. }}", key(1).id())
    );
    assert_eq!(key(1).id().len(), 16);
    assert_ne!(key(1).id(), key(2).id());
}
