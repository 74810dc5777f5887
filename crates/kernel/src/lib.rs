//! What every other crate speaks in: typed ids, instants, text, pages, events, errors.
