//! The fields of a span, as the lines within it tell them.
//!
//! Each request has a span, and few have a line in it. So the fields are written in one go, and in their
//! order, where `tracing-subscriber` gathers them in a sorted map first, for the sake of spans that come by
//! further fields.

use std::fmt;
use std::mem;

use serde::Serializer as _;
use tracing::span::Record;
use tracing_serde::SerdeMapVisitor;
use tracing_subscriber::field::RecordFields;
use tracing_subscriber::fmt::format::{JsonFields, Writer};
use tracing_subscriber::fmt::{FormatFields, FormattedFields};

/// Writes fields as a JSON object.
#[derive(Debug)]
pub(super) struct AtOnce;

impl<'w> FormatFields<'w> for AtOnce {
    fn format_fields<R: RecordFields>(&self, mut out: Writer<'w>, fields: R) -> fmt::Result {
        let mut text = Vec::with_capacity(128);
        let mut json = serde_json::Serializer::new(&mut text);
        let mut visitor = SerdeMapVisitor::new(json.serialize_map(None).map_err(unwritten)?);
        fields.record(&mut visitor);
        visitor.finish().map_err(unwritten)?;
        out.write_str(str::from_utf8(&text).map_err(unwritten)?)
    }

    fn add_fields(
        &self,
        current: &'w mut FormattedFields<Self>,
        fields: &Record<'_>,
    ) -> fmt::Result {
        let mut all = FormattedFields::<JsonFields>::new(mem::take(&mut current.fields));
        let added = JsonFields::new().add_fields(&mut all, fields);
        current.fields = all.fields;
        added
    }
}

fn unwritten<E>(_why: E) -> fmt::Error {
    fmt::Error
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tracing::field::Empty;

    use super::*;
    use crate::logging::heard::Heard;

    /// What the one line of `work` says of the span that it is in.
    fn told(work: impl FnOnce()) -> Value {
        let heard = Heard::default();
        let lines = tracing_subscriber::fmt().with_writer(heard.clone());
        let lines = lines.json().fmt_fields(AtOnce).finish();
        tracing::subscriber::with_default(lines, work);
        heard.lines().remove(0)["span"].take()
    }

    #[test]
    fn a_line_tells_the_fields_of_its_span() {
        let span = told(|| {
            let quoted = "\"quoted\"\n";
            tracing::info_span!("request", text = quoted, shown = %quoted, number = 7, no = Empty)
                .in_scope(|| tracing::info!("within"));
        });
        let quoted = "\"quoted\"\n";
        assert_eq!(
            span,
            json!({"name": "request", "text": quoted, "shown": quoted, "number": 7})
        );
    }

    #[test]
    fn a_field_that_a_span_comes_by_is_told_with_the_others() {
        let span = told(|| {
            let span = tracing::info_span!("request", first = 1, second = Empty);
            span.record("second", 2);
            span.in_scope(|| tracing::info!("within"));
        });
        assert_eq!(span, json!({"name": "request", "first": 1, "second": 2}));
    }
}
