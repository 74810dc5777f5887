//! What is asked of an item.

use org_kernel::field::Fields;
use org_kernel::text::Line;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::input::Body;

/// Something to do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewChecklistItem {
    #[schema(min_length = 1, max_length = 200)]
    label: &'static str,
}

impl Item for NewChecklistItem {
    fn example() -> Self {
        Self {
            label: "Order the parts",
        }
    }
}

/// What is to do.
pub(super) struct Label(pub(super) Line<200>);

impl Body for Label {
    type Form = NewChecklistItem;

    const READ_ONLY: &'static [&'static str] = &[
        "id",
        "productionId",
        "done",
        "doneAt",
        "position",
        "createdAt",
        "updatedAt",
    ];

    fn read(fields: &mut Fields) -> Option<Self> {
        fields.required("label").map(Self)
    }
}

/// Whether an item is done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChecklistMark {
    /// Left out, it is true.
    #[schema(default = true)]
    done: Option<bool>,
}

impl Item for ChecklistMark {
    fn example() -> Self {
        Self { done: Some(true) }
    }
}

/// Whether it is done.
pub(super) struct Done(pub(super) bool);

impl Body for Done {
    type Form = ChecklistMark;

    const READ_ONLY: &'static [&'static str] = &[
        "id",
        "productionId",
        "label",
        "doneAt",
        "position",
        "createdAt",
        "updatedAt",
    ];

    const REQUIRED: bool = false;

    /// Who sends back what was read says whether it is done. Who sends a label alone means to change
    /// it, which cannot be done, and not to complete the item.
    fn read(fields: &mut Fields) -> Option<Self> {
        if fields.has("label") && !fields.has("done") {
            return fields.reject("label", "cannot be changed");
        }
        Some(Self(fields.flag("done").unwrap_or(true)))
    }
}
