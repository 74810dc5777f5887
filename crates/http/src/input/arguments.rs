//! The parameters of one request, or of one endpoint's description.

use org_kernel::field::{FieldErrors, Fields};
use org_kernel::id::{Id, Kind};
use serde_json::{Map, Value};

use super::{Body, Described, Input, Parameter, Place, QueryString, ShownBody};
use crate::failure::{Failure, Problems};
use crate::schemas::Schemas;

/// What is said of a `from` after its `to`.
pub(crate) const INVERTED: &str = "must not be after to";

/// Where an [`Input`] reads itself from.
pub(crate) struct Arguments<'r> {
    path: Vec<(&'r str, &'r str)>,
    query: QueryString,
    /// The fields of the body; none if it does not parse.
    body: Option<Fields>,
    description: Option<&'r mut Description>,
}

/// What an [`Input`] asked for.
#[derive(Default)]
pub(crate) struct Description {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<ShownBody>,
    pub(crate) schemas: Schemas,
}

impl<'r> Arguments<'r> {
    /// Reads an input; `body` is what was sent, or what is wrong with it, and `errors` is what else
    /// is wrong.
    ///
    /// Every bad field and parameter is named at once, of both the query and the body.
    pub(crate) fn read<I: Input>(
        path: Vec<(&'r str, &'r str)>,
        query: &str,
        body: Result<Map<String, Value>, String>,
        errors: FieldErrors,
    ) -> Result<I, Failure> {
        let (body, broken) = match body {
            Ok(fields) => (Some(Fields::new(fields)), None),
            Err(message) => (None, Some(message)),
        };
        let mut arguments = Self {
            path,
            query: QueryString::parse(query),
            body,
            description: None,
        };
        let input = I::read(&mut arguments);
        let mut problems = Problems {
            body: broken,
            fields: errors,
        };
        problems.fields.merge(arguments.query.finish());
        if let Some(Err(fields)) = arguments.body.map(Fields::finish) {
            problems.fields.merge(fields);
        }
        match input {
            Some(input) if problems == Problems::default() => Ok(input),
            _ => Err(Failure::Invalid(problems)),
        }
    }

    /// Which parameters an input asks for.
    pub(crate) fn described<I: Input>() -> Description {
        let mut description = Description::default();
        let mut arguments = Arguments {
            path: Vec::new(),
            query: QueryString::default(),
            body: None,
            description: Some(&mut description),
        };
        I::read(&mut arguments);
        description
    }

    /// An id in the path, under its name there. One that does not parse is one that does not exist.
    pub(crate) fn path_id<K: Kind>(
        &mut self,
        name: &'static str,
        description: &'static str,
    ) -> Id<K>
    where
        Id<K>: Described,
    {
        self.describe::<Id<K>>(Place::Path, name, description);
        let given = self.path.iter().find(|(known, _)| *known == name);
        given.map_or(Id::nobody(), |(_, text)| Id::or_nobody(text))
    }

    /// The body. `None` when it does not parse, or something is wrong with one of its fields.
    pub(crate) fn body<B: Body>(&mut self) -> Option<B> {
        if let Some(description) = &mut self.description {
            description.body = Some(ShownBody::of::<B>(&mut description.schemas));
        }
        let fields = self.body.as_mut()?;
        let read = B::read(fields);
        fields.ignore(B::READ_ONLY);
        read
    }

    /// A body that says nothing: the fields of the object that it is about are passed over.
    pub(crate) fn pass_over(&mut self, names: &[&str]) {
        if let Some(fields) = &mut self.body {
            fields.ignore(names);
        }
    }

    /// A parameter of the query that may be left out.
    pub(crate) fn filter<T: Described>(
        &mut self,
        name: &'static str,
        description: &'static str,
    ) -> Option<T> {
        self.describe::<T>(Place::Query, name, description);
        let text = self.query.take(name)?;
        match T::from_text(&text) {
            Ok(value) => Some(value),
            Err(invalid) => {
                self.query.reject(name, invalid);
                None
            }
        }
    }

    /// An id in the query. One that does not parse is one that does not exist.
    pub(crate) fn filter_id<K: Kind>(
        &mut self,
        name: &'static str,
        description: &'static str,
    ) -> Option<Id<K>>
    where
        Id<K>: Described,
    {
        self.describe::<Id<K>>(Place::Query, name, description);
        let text = self.query.take(name)?;
        Some(Id::or_nobody(&text))
    }

    /// Refuses `from` and `to` unless they are in order.
    pub(crate) fn require_order(&mut self, in_order: bool) {
        if !in_order {
            self.query.reject("from", INVERTED);
        }
    }

    fn describe<T: Described>(&mut self, place: Place, name: &'static str, text: &'static str) {
        if let Some(description) = &mut self.description {
            let schema = T::schema(&mut description.schemas);
            description.parameters.push(Parameter {
                name,
                place,
                description: text,
                schema,
            });
        }
    }
}
