//! The forms of values, for the documentation.

use std::collections::{BTreeMap, BTreeSet};

use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{KnownFormat, Ref, RefOr, Schema, SchemaFormat};

/// Named forms, by name.
#[derive(Default)]
pub(crate) struct Schemas {
    forms: BTreeMap<String, RefOr<Schema>>,
    /// Those of what is asked, in which not everything needs to be there.
    asked: BTreeSet<String>,
}

impl Schemas {
    /// A reference to the form of `T`, which is from now on among the named ones, as is whatever
    /// it refers to.
    pub(crate) fn refer<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let mut others = Vec::new();
        T::schemas(&mut others);
        self.forms.extend(others);
        self.forms.insert(T::name().into_owned(), T::schema());
        Ref::from_schema_name(T::name()).into()
    }

    /// The same, for the form of what is asked.
    pub(crate) fn refer_to_input<T: ToSchema>(&mut self) -> RefOr<Schema> {
        self.asked.insert(T::name().into_owned());
        self.refer::<T>()
    }

    /// Takes in the forms of another collection.
    pub(crate) fn merge(&mut self, other: Self) {
        self.forms.extend(other.forms);
        self.asked.extend(other.asked);
    }

    /// All of them. Objects are answered whole: an optional field is null, not absent.
    pub(crate) fn into_map(mut self) -> BTreeMap<String, RefOr<Schema>> {
        for (name, form) in &mut self.forms {
            if !self.asked.contains(name) {
                require_every_field(form);
            }
        }
        self.forms
    }
}

fn require_every_field(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            object.required = object.properties.keys().cloned().collect();
        }
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(require_every_field),
        _ => {}
    }
}

/// A whole number in bounds, with what it is when it is left out.
pub(crate) fn whole_number(min: u32, max: u32, usual: u32) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Integer))
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(min))
        .maximum(Some(max))
        .default(Some(usual.into()))
        .into()
}

/// Text, with a first example.
pub(crate) fn text(example: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .examples([example])
}
