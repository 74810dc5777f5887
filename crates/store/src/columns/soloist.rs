//! Soloists, as programmes and performances store them.

use std::borrow::Cow;

use org_domain::soloist::Soloist;
use org_kernel::text::Text;
use serde::{Deserialize, Serialize};

use super::Json;

/// One soloist in a list.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct SoloistValue<'a> {
    name: Cow<'a, str>,
    instrument: Option<Cow<'a, str>>,
}

/// A list of soloists in a column.
pub(crate) type SoloistValues<'a> = Json<Vec<SoloistValue<'a>>>;

/// The domain's soloists of a stored list.
pub(crate) fn soloists(stored: SoloistValues<'_>) -> Vec<Soloist> {
    let soloist = |value: SoloistValue<'_>| Soloist {
        name: Text::stored(value.name.into_owned()),
        instrument: value.instrument.map(Cow::into_owned).map(Text::stored),
    };
    stored.0.into_iter().map(soloist).collect()
}

impl<'a> From<&'a Soloist> for SoloistValue<'a> {
    fn from(soloist: &'a Soloist) -> Self {
        let instrument = soloist.instrument.as_ref();
        Self {
            name: soloist.name.as_str().into(),
            instrument: instrument.map(|text| text.as_str().into()),
        }
    }
}

/// The list to store of the domain's soloists.
pub(crate) fn soloist_values(soloists: &[Soloist]) -> SoloistValues<'_> {
    Json(soloists.iter().map(SoloistValue::from).collect())
}
