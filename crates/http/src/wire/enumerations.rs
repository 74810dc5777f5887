//! Enumerations, by their names.

use org_domain::{
    bookings, contacts, instruments, productions, repertoire, reports, requests, resources, roster,
    services, tours,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::input::Described;
use crate::schemas::Schemas;

macro_rules! enumerations {
    ($($name:ident = $domain:path, $description:literal;)+) => {
        $(
            #[derive(Clone, Copy, Debug, Serialize)]
            #[serde(transparent)]
            pub(crate) struct $name(&'static str);

            impl From<$domain> for $name {
                fn from(choice: $domain) -> Self {
                    Self(choice.as_str())
                }
            }

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    let names = <$domain>::ALL.iter().map(|choice| choice.as_str());
                    one_of(names, $description)
                }
            }

            impl ToSchema for $name {}

            impl Described for $domain {
                fn schema(schemas: &mut Schemas) -> RefOr<Schema> {
                    schemas.refer::<$name>()
                }
            }
        )+
    };
}

enumerations! {
    BookingStatus = bookings::BookingStatus, "Whether a booking stands.";
    ContactType = contacts::ContactType, "What a contact is to the organization.";
    DayType = tours::DayType, "What a day on tour is for.";
    InstrumentCategory = instruments::InstrumentCategory, "The family of an instrument.";
    InstrumentCondition = instruments::InstrumentCondition, "How well an instrument is.";
    InstrumentStatus = instruments::InstrumentStatus, "Whether an instrument can be had.";
    MemberRole = roster::MemberRole, "What a member does.";
    MemberRequestStatus = requests::MemberRequestStatus, "How far a request has come.";
    MemberRequestType = requests::MemberRequestType, "What a member asks for.";
    MemberStatus = roster::MemberStatus, "Whether a member plays at present.";
    ProductionStatus = productions::ProductionStatus, "How far a production has come.";
    ProductionType = productions::ProductionType, "What kind of thing is put on.";
    ProgrammeItemKind = productions::ProgrammeItemKind, "What happens at one place of a programme.";
    ReportFormat = reports::ReportFormat, "The form of a report.";
    ReportStatus = reports::ReportStatus, "How far a report has come.";
    ResourceStatus = resources::ResourceStatus, "Whether a resource can be booked.";
    ResourceType = resources::ResourceType, "What is booked.";
    Rights = repertoire::Rights, "Under which rights a work is played.";
    Section = roster::Section, "Where a member belongs, in score order.";
    ServiceStatus = services::ServiceStatus, "How far a service has come.";
    ServiceType = services::ServiceType, "What players are called to.";
    TourStatus = tours::TourStatus, "How far a tour has come.";
}

fn one_of(names: impl Iterator<Item = &'static str>, description: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some(description))
        .enum_values(Some(names.map(Value::from)))
        .into()
}
