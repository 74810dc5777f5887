//! The enumerations of the domain, of auth and of webhooks, and the values that columns accept, are the same.

use std::collections::BTreeSet;
use std::fmt::Display;

use diesel::PgConnection;
use org_auth::scope::Scope;
use org_auth::user::Role;
use org_domain::bookings::BookingStatus;
use org_domain::contacts::ContactType;
use org_domain::engagements::EngagementStatus;
use org_domain::instruments::{InstrumentCategory, InstrumentCondition, InstrumentStatus};
use org_domain::productions::{ProductionStatus, ProductionType, ProgrammeItemKind};
use org_domain::repertoire::Rights;
use org_domain::reports::{ReportFormat, ReportStatus};
use org_domain::requests::{MemberRequestStatus, MemberRequestType};
use org_domain::resources::{ResourceStatus, ResourceType};
use org_domain::roster::{MemberRole, MemberStatus, Section};
use org_domain::services::{ServiceStatus, ServiceType};
use org_domain::tours::TourStatus;
use org_store::testing::TestDatabase;
use org_webhooks::endpoint::DisabledBecause;

use crate::catalog::lines;

/// The texts that stand in the definition of a constraint.
fn accepted(conn: &mut PgConnection, constraint: &str) -> BTreeSet<String> {
    let query = format!(
        "SELECT (regexp_matches(pg_get_constraintdef(oid), '''([^'']*)''', 'g'))[1] AS line
         FROM pg_constraint WHERE conname = '{constraint}'"
    );
    lines(conn, &query).into_iter().collect()
}

fn names<T: Display>(all: &[T]) -> BTreeSet<String> {
    all.iter().map(ToString::to_string).collect()
}

#[test]
fn each_column_accepts_the_choices_of_its_enumeration() {
    let database = TestDatabase::fresh();
    let conn = &mut database.connection();
    for (constraint, choices) in [
        (
            "productions_are_of_a_known_type",
            names(ProductionType::ALL),
        ),
        (
            "productions_have_a_known_status",
            names(ProductionStatus::ALL),
        ),
        (
            "programme_items_are_of_a_known_kind",
            names(ProgrammeItemKind::ALL),
        ),
        ("services_are_of_a_known_type", names(ServiceType::ALL)),
        ("services_have_a_known_status", names(ServiceStatus::ALL)),
        ("works_have_known_rights", names(Rights::ALL)),
        ("members_have_a_known_role", names(MemberRole::ALL)),
        ("members_have_a_known_status", names(MemberStatus::ALL)),
        ("resources_are_of_a_known_type", names(ResourceType::ALL)),
        ("resources_have_a_known_status", names(ResourceStatus::ALL)),
        (
            "instruments_are_of_a_known_category",
            names(InstrumentCategory::ALL),
        ),
        (
            "instruments_are_in_a_known_condition",
            names(InstrumentCondition::ALL),
        ),
        (
            "instruments_have_a_known_status",
            names(InstrumentStatus::ALL),
        ),
        ("tours_have_a_known_status", names(TourStatus::ALL)),
        ("reports_have_a_known_format", names(ReportFormat::ALL)),
        ("reports_have_a_known_status", names(ReportStatus::ALL)),
        ("contacts_are_of_a_known_type", names(ContactType::ALL)),
        ("bookings_have_a_known_status", names(BookingStatus::ALL)),
        (
            "requests_are_of_a_known_type",
            names(MemberRequestType::ALL),
        ),
        (
            "requests_have_a_known_status",
            names(MemberRequestStatus::ALL),
        ),
        (
            "engagements_have_a_known_status",
            names(EngagementStatus::ALL),
        ),
        ("keys_have_known_scopes", names(Scope::ALL)),
        ("users_have_a_known_role", names(Role::ALL)),
        (
            "endpoints_are_disabled_for_a_known_reason",
            names(DisabledBecause::ALL),
        ),
    ] {
        assert_eq!(accepted(conn, constraint), choices, "{constraint}");
    }
}

#[test]
fn sections_rank_in_score_order() {
    let database = TestDatabase::fresh();
    let ranked = lines(
        &mut database.connection(),
        "SELECT (regexp_matches(pg_get_expr(d.adbin, d.adrelid), '''([^'']*)''', 'g'))[1] AS line
         FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
         WHERE d.adrelid = 'members'::regclass AND a.attname = 'section_rank'",
    );
    let score: Vec<_> = Section::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(ranked, score);
}
