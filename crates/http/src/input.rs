//! What an endpoint is asked: its path's ids, its query, its body.
//!
//! An [`Input`] reads itself from [`Arguments`], asking for each parameter once, by its name, with
//! its description. The same code, run on [`Arguments::described`], tells the documentation which
//! parameters there are; so a parameter that is read is documented, and no other.

mod arguments;
mod body;
mod listing;
mod parameter;
mod query_string;

pub(crate) use arguments::{Arguments, INVERTED};
pub(crate) use body::{Body, ShownBody};
pub(crate) use listing::{Filters, Listing, page, whole_number};
pub(crate) use parameter::{Described, Parameter, Place};
pub(crate) use query_string::QueryString;

/// What one endpoint is asked.
pub(crate) trait Input: Sized + Send + 'static {
    /// Asks for every parameter, whatever was wrong with those before it; `None` only if the
    /// arguments hold an error.
    fn read(arguments: &mut Arguments<'_>) -> Option<Self>;
}

/// An endpoint that is asked nothing.
impl Input for () {
    fn read(_: &mut Arguments<'_>) -> Option<Self> {
        Some(())
    }
}
