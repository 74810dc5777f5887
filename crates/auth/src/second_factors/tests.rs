//! The use cases on the store in memory.

use org_kernel::clock::Clock;
use time::Duration;

use super::*;
use crate::passwords::NotShown;
use crate::second_factor::{RECOVERY_CODES, WAITING_LASTS};
use crate::second_factor_store::NotEnrolled;
use crate::sign_in::Caller;
use crate::testing::{House, PASSWORD, caller, visitor};
use crate::user::Role;

fn begin(house: &House, user: &User) -> Result<Enrolment, BeginError> {
    let address = visitor(1).address;
    house
        .second_factors
        .begin(user, House::SESSION, PASSWORD, "Abonnement", address)
}

fn confirm_in(
    house: &House,
    session: SessionId,
    user: &User,
    code: &str,
) -> Result<RecoveryCodes, ConfirmError> {
    let address = visitor(1).address;
    let factors = &house.second_factors;
    factors.confirm(user, session, code, address, &Origin::OPERATOR)
}

fn waiting_in(house: &House, session: SessionId, user: &User) -> Option<Enrolment> {
    let waiting = house.second_factors.waiting(user, session, "Abonnement");
    waiting.expect("an answer")
}

fn confirm(house: &House, user: &User, code: &str) -> Result<RecoveryCodes, ConfirmError> {
    confirm_in(house, House::SESSION, user, code)
}

#[test]
fn a_second_factor_is_in_force_once_a_code_has_shown_that_the_app_has_it() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Viewer);
    let shown = begin(&house, &user).expect("begun");
    assert!(!house.now(&user).has_second_factor);
    let again = waiting_in(&house, House::SESSION, &user);
    assert_eq!(again.expect("it waits").url(), shown.url());
    let app = house.app(&user);
    let wrong = confirm(&house, &user, "000 00");
    assert!(matches!(wrong, Err(ConfirmError::Wrong)), "{wrong:?}");
    assert!(
        !house
            .with_password(&user, PASSWORD, 2)
            .expect("let in")
            .session
            .pending
    );
    let codes = confirm(&house, &user, &app.code(house.clock.now())).expect("confirmed");
    assert_eq!(codes.iter().count(), RECOVERY_CODES);
    assert!(house.now(&user).has_second_factor);
    assert!(
        house
            .with_password(&user, PASSWORD, 2)
            .expect("let in")
            .session
            .pending
    );
    let none = waiting_in(&house, House::SESSION, &user);
    assert!(none.is_none(), "what is in force is not shown again");
    let told = house.actions();
    assert_eq!(
        told.iter()
            .filter(|action| *action == "user.second_factor_enabled")
            .count(),
        1
    );
}

#[test]
fn whoever_begins_anew_has_a_new_secret_and_nobody_does_while_one_is_in_force() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Viewer);
    begin(&house, &user).expect("begun");
    let first = house.app(&user);
    begin(&house, &user).expect("begun anew");
    let refused = confirm(&house, &user, &first.code(house.clock.now()));
    assert!(matches!(refused, Err(ConfirmError::Wrong)), "{refused:?}");
    let code = house.app(&user).code(house.clock.now());
    confirm(&house, &user, &code).expect("confirmed");
    let refused = begin(&house, &user);
    assert!(
        matches!(refused, Err(BeginError::Refused(NotEnrolled::InForce))),
        "{refused:?}"
    );
    let twice = confirm(&house, &user, &code);
    assert!(
        matches!(twice, Err(ConfirmError::NothingWaits)),
        "{twice:?}"
    );
}

#[test]
fn a_secret_waits_ten_minutes_for_the_session_that_began_it() {
    let house = House::new();
    let (user, elsewhere) = house.joined("ada", Role::Viewer);
    let other = elsewhere.session.id;
    begin(&house, &user).expect("begun");
    let code = || house.app(&user).code(house.clock.now());
    assert!(waiting_in(&house, other, &user).is_none());
    let refused = confirm_in(&house, other, &user, &code());
    assert!(
        matches!(refused, Err(ConfirmError::NothingWaits)),
        "{refused:?}"
    );
    house.clock.advance(WAITING_LASTS - Duration::MILLISECOND);
    assert!(waiting_in(&house, House::SESSION, &user).is_some());
    house.clock.advance(Duration::MILLISECOND);
    assert!(waiting_in(&house, House::SESSION, &user).is_none());
    let late = confirm(&house, &user, &code());
    assert!(matches!(late, Err(ConfirmError::NothingWaits)), "{late:?}");
    begin(&house, &user).expect("begun anew");
    confirm(&house, &user, &code()).expect("confirmed");
}

#[test]
fn confirmations_are_limited_to_five_a_minute() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Viewer);
    begin(&house, &user).expect("begun");
    for _ in 0..5 {
        let wrong = confirm(&house, &user, "000 00");
        assert!(matches!(wrong, Err(ConfirmError::Wrong)), "{wrong:?}");
    }
    let app = house.app(&user);
    let refused = confirm(&house, &user, &app.code(house.clock.now()));
    assert!(
        matches!(refused, Err(ConfirmError::TooMany(_))),
        "{refused:?}"
    );
    house.clock.advance(Duration::MINUTE);
    confirm(&house, &user, &app.code(house.clock.now())).expect("confirmed");
}

#[test]
fn without_a_key_none_can_be_switched_on() {
    let house = House::with(None);
    let (user, _) = house.joined("ada", Role::Viewer);
    assert!(!house.second_factors.can_be_switched_on());
    let refused = begin(&house, &user);
    assert!(matches!(refused, Err(BeginError::NoKey)), "{refused:?}");
    assert!(House::new().second_factors.can_be_switched_on());
}

#[test]
fn the_beginning_and_the_end_ask_for_the_password() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Viewer);
    let (address, factors) = (visitor(1).address, &house.second_factors);
    let refused = factors.begin(&user, House::SESSION, "x", "Abonnement", address);
    assert!(
        matches!(refused, Err(BeginError::NotShown(NotShown::Wrong))),
        "{refused:?}"
    );
    house.second_factor(&user);
    let refused = factors.switch_off(&user, "x", address, &Origin::OPERATOR);
    assert!(
        matches!(refused, Err(SwitchOffError::NotShown(NotShown::Wrong))),
        "{refused:?}"
    );
    let refused = factors.new_recovery_codes(&user, "x", address, &Origin::OPERATOR);
    assert!(
        matches!(refused, Err(RecoveryError::NotShown(NotShown::Wrong))),
        "{refused:?}"
    );
    assert!(house.now(&user).has_second_factor);
    let off = factors.switch_off(&user, PASSWORD, address, &Origin::OPERATOR);
    assert!(off.expect("switched off"));
    assert!(!house.now(&user).has_second_factor);
    assert!(
        !house
            .with_password(&user, PASSWORD, 2)
            .expect("let in")
            .session
            .pending
    );
    assert_eq!(
        house
            .actions()
            .iter()
            .filter(|told| *told == "user.second_factor_disabled")
            .count(),
        1
    );
}

#[test]
fn new_recovery_codes_end_the_old_ones() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Viewer);
    let (_, old) = house.second_factor(&user);
    house.clock.advance(Duration::MINUTE);
    let address = visitor(1).address;
    let new = house
        .second_factors
        .new_recovery_codes(&user, PASSWORD, address, &Origin::OPERATOR);
    let new = new.expect("made");
    let pending = house
        .with_password(&user, PASSWORD, 2)
        .expect("the password is right");
    let show = |code: &str| {
        let visitor = visitor(2);
        let caller = Caller {
            cookie: Some(pending.token.expose()),
            ..caller(&visitor)
        };
        house.sign_in.with_code(code, caller)
    };
    assert!(show(old.iter().next().expect("a code")).is_err());
    show(new.iter().next().expect("a code")).expect("let in");
}

#[test]
fn there_are_no_recovery_codes_without_a_second_factor() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Viewer);
    let address = visitor(1).address;
    let refused =
        house
            .second_factors
            .new_recovery_codes(&user, PASSWORD, address, &Origin::OPERATOR);
    assert!(
        matches!(refused, Err(RecoveryError::NotInForce)),
        "{refused:?}"
    );
}
