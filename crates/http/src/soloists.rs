//! Soloists, as programmes and performances show them.

use org_domain::soloist as domain;
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::text;

/// One soloist in one work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Soloist {
    /// The person or the group, as the organization writes names.
    name: String,
    /// What they play or sing.
    instrument: Option<String>,
}

impl Soloist {
    pub(crate) fn list(soloists: Vec<domain::Soloist>) -> Vec<Self> {
        soloists.into_iter().map(Self::from).collect()
    }

    /// A soloist for examples.
    pub(crate) fn example() -> Self {
        Self {
            name: "Marchetti, Elena".to_owned(),
            instrument: Some("Piano".to_owned()),
        }
    }
}

impl From<domain::Soloist> for Soloist {
    fn from(soloist: domain::Soloist) -> Self {
        Self {
            name: soloist.name.into_string(),
            instrument: text(soloist.instrument),
        }
    }
}
