//! Soloists, as programmes and performances name them.

use org_kernel::field::Fields;
use org_kernel::text::Line;

/// One soloist in one work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soloist {
    /// The person or the group, as the organization writes names.
    pub name: Line<200>,
    /// What they play or sing.
    pub instrument: Option<Line<120>>,
}

impl Soloist {
    /// The most soloists that one work can have.
    pub const MAX: usize = 100;

    /// Reads the list in the field `soloists`.
    pub(crate) fn read_list(fields: &mut Fields) -> Vec<Self> {
        fields.objects("soloists", Self::MAX, |soloist| {
            let name = soloist.required("name");
            let instrument = soloist.optional("instrument");
            Some(Self {
                name: name?,
                instrument,
            })
        })
    }
}
