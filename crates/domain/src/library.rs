//! Everything that can be read of an organization, behind one port.

use org_kernel::StoreError;
use org_kernel::id::{OrgId, ProductionId};

use crate::history::PerformanceQuery;
use crate::instruments::InstrumentQuery;
use crate::organizations::OrganizationStore;
use crate::productions::{ProductionDetail, ProductionQuery};
use crate::query::Lists;
use crate::repertoire::WorkQuery;
use crate::reports::ReportQuery;
use crate::resources::ResourceQuery;
use crate::roster::MemberQuery;
use crate::services::ServiceQuery;
use crate::tours::TourQuery;

/// Reads of one organization's collections; every method takes the organization first.
pub trait Library:
    OrganizationStore
    + Lists<ProductionQuery>
    + Lists<ServiceQuery>
    + Lists<WorkQuery>
    + Lists<MemberQuery>
    + Lists<ResourceQuery>
    + Lists<InstrumentQuery>
    + Lists<TourQuery>
    + Lists<ReportQuery>
    + Lists<PerformanceQuery>
{
    /// One production with all that belongs to it, as of one instant.
    fn production(
        &self,
        org: OrgId,
        id: ProductionId,
    ) -> Result<Option<ProductionDetail>, StoreError>;
}
