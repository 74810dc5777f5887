//! Enumerations, which are stored as their names on the wire.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::pg::{Pg, PgValue};
use diesel::sql_types::Text;
use org_kernel::field::FromText;

/// A value that was stored by its name.
#[derive(Clone, Copy, Debug, FromSqlRow)]
pub(crate) struct Choice<T>(pub(crate) T);

impl<T: FromText> FromSql<Text, Pg> for Choice<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let name = std::str::from_utf8(value.as_bytes())?;
        Ok(Self(T::from_text(name)?))
    }
}
