//! The fields of each kind's rows.

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::values::{
    DAYS, Field, INSTANTS, choice, day, instant, line, list, maybe, number, prose, reference, short,
};
use crate::contacts::ContactType;
use crate::import::ImportKind;
use crate::instruments::{InstrumentCategory, InstrumentCondition, InstrumentStatus};
use crate::productions::{ProductionStatus, ProductionType, ProgrammeItemKind};
use crate::repertoire::Rights;
use crate::reports::{ReportFormat, ReportStatus};
use crate::resources::{ResourceStatus, ResourceType};
use crate::roster::{MemberRole, MemberStatus, Section};
use crate::services::{ServiceStatus, ServiceType};
use crate::tours::{DayType, TourStatus};

macro_rules! one_of {
    ($name:literal, $choices:ty) => {
        choice(
            $name,
            <$choices>::ALL
                .iter()
                .map(|choice| choice.as_str())
                .collect(),
        )
    };
}

/// The fields of a row of `kind`, apart from its kind and its name.
pub(super) fn fields(kind: ImportKind) -> Vec<Field> {
    match kind {
        ImportKind::Production => production(),
        ImportKind::Service => service(),
        ImportKind::Work => work(),
        ImportKind::Member => member(),
        ImportKind::Resource => resource(),
        ImportKind::Instrument => instrument(),
        ImportKind::Tour => tour(),
        ImportKind::Report => report(),
        ImportKind::Performance => performance(),
        ImportKind::Contact => contact(),
    }
}

fn soloist() -> Vec<Field> {
    vec![line("name"), maybe(short("instrument", 120))]
}

fn programme_item() -> Vec<Field> {
    vec![
        one_of!("kind", ProgrammeItemKind),
        maybe(reference("workExternalId", 8)),
        line("title"),
        maybe(line("composer")),
        maybe(line("conductor")),
        list("soloists", soloist()),
        maybe(number("durationMinutes", 0..=10_000)),
        maybe(prose("notes")),
    ]
}

fn production() -> Vec<Field> {
    vec![
        maybe(short("code", 40)),
        line("title"),
        maybe(line("subtitle")),
        maybe(short("season", 40)),
        maybe(line("series")),
        one_of!("type", ProductionType),
        one_of!("status", ProductionStatus),
        choice("startDate", DAYS[..5].to_vec()),
        choice("endDate", DAYS[5..].to_vec()),
        maybe(line("conductor")),
        maybe(line("venue")),
        maybe(prose("description")),
        list("programme", programme_item()),
    ]
}

fn service() -> Vec<Field> {
    vec![
        reference("productionExternalId", 8),
        one_of!("type", ServiceType),
        one_of!("status", ServiceStatus),
        maybe(line("title")),
        choice("startAt", INSTANTS[..5].to_vec()),
        choice("endAt", INSTANTS[5..].to_vec()),
        maybe(instant("callAt")),
        maybe(line("venue")),
        maybe(line("conductor")),
        maybe(short("dress", 120)),
        maybe(prose("notes")),
    ]
}

fn movement() -> Vec<Field> {
    vec![
        number("number", 1..=100_000),
        line("title"),
        maybe(number("durationMinutes", 0..=10_000)),
    ]
}

fn work() -> Vec<Field> {
    vec![
        line("title"),
        maybe(line("nickname")),
        line("composer"),
        maybe(number("composerBirthYear", 1..=9999)),
        maybe(number("composerDeathYear", 1..=9999)),
        maybe(line("arranger")),
        maybe(short("catalogue", 120)),
        maybe(short("key", 40)),
        maybe(number("yearComposed", 1..=9999)),
        maybe(short("genre", 120)),
        maybe(number("durationMinutes", 0..=10_000)),
        maybe(line("instrumentation")),
        list("movements", movement()),
        one_of!("rights", Rights),
    ]
}

fn member() -> Vec<Field> {
    vec![
        line("name"),
        one_of!("role", MemberRole),
        maybe(one_of!("section", Section)),
        maybe(number("chair", 1..=1000)),
        maybe(short("instrument", 120)),
        one_of!("status", MemberStatus),
        maybe(day("joinedOn")),
        maybe(choice("email", vec!["a@b.at", "A.b+c@d.example"])),
    ]
}

fn resource() -> Vec<Field> {
    vec![
        line("name"),
        one_of!("type", ResourceType),
        maybe(line("venue")),
        maybe(number("capacity", 0..=10_000_000)),
        number("setupMinutes", 0..=10_080),
        number("teardownMinutes", 0..=10_080),
        one_of!("status", ResourceStatus),
        maybe(line("statusReason")),
    ]
}

fn instrument() -> Vec<Field> {
    vec![
        line("name"),
        one_of!("category", InstrumentCategory),
        maybe(line("maker")),
        maybe(line("model")),
        maybe(number("yearMade", 1..=9999)),
        maybe(one_of!("condition", InstrumentCondition)),
        maybe(line("location")),
        one_of!("status", InstrumentStatus),
        maybe(reference("onLoanToExternalId", 8)),
        maybe(short("serial", 120)),
        maybe(number("insuredValueCents", 0..=i64::MAX)),
    ]
}

fn leg() -> Vec<Field> {
    vec![
        day("date"),
        one_of!("dayType", DayType),
        maybe(short("city", 120)),
        maybe(choice("country", vec!["AT", "jp"])),
        maybe(line("venue")),
        maybe(prose("notes")),
    ]
}

fn tour() -> Vec<Field> {
    vec![
        line("name"),
        one_of!("status", TourStatus),
        choice("startDate", DAYS[..5].to_vec()),
        choice("endDate", DAYS[5..].to_vec()),
        list("legs", leg()),
    ]
}

fn report() -> Vec<Field> {
    vec![
        line("name"),
        short("reportKind", 120),
        one_of!("format", ReportFormat),
        one_of!("status", ReportStatus),
        maybe(number("rowCount", 0..=i64::MAX)),
        maybe(number("byteSize", 0..=i64::MAX)),
        maybe(instant("generatedAt")),
        maybe(instant("expiresAt")),
    ]
}

fn performance() -> Vec<Field> {
    vec![
        day("date"),
        maybe(short("season", 40)),
        maybe(line("series")),
        maybe(line("orchestra")),
        line("composer"),
        maybe(reference("workExternalId", 8)),
        line("title"),
        maybe(line("movement")),
        maybe(line("conductor")),
        list("soloists", soloist()),
        maybe(line("venue")),
        maybe(line("location")),
        maybe(reference("productionExternalId", 8)),
    ]
}

fn contact() -> Vec<Field> {
    vec![
        line("name"),
        one_of!("type", ContactType),
        maybe(line("company")),
        maybe(choice("email", vec!["a@b.at", "A.b+c@d.example"])),
        maybe(short("phone", 40)),
        maybe(short("city", 120)),
        maybe(choice("country", vec!["AT", "jp"])),
        maybe(short("role", 120)),
        maybe(prose("notes")),
        tags(),
    ]
}

fn tags() -> Field {
    let tags = vec!["baroque", "Baroque", "été", "50%", "a_b"];
    let some = subsequence(tags, 0..=5).prop_map(|tags| tags.into_iter().collect());
    ("tags", some.boxed())
}
