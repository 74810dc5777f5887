//! Which services there are at a time.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::id::{OrgId, ProductionId};
use org_kernel::page::{Page, PageRequest};

use super::{Edge, Service, ServiceQuery, Window};
use crate::organizations::OrganizationStore;
use crate::query::Lists;
use crate::record::Record;

/// A list of services was not given.
#[derive(Debug, thiserror::Error)]
pub enum TimetableError {
    /// The window ends before it begins.
    #[error("the window ends before it begins")]
    WindowInverted,
    /// The store did not answer.
    #[error("the services could not be read")]
    Store(#[from] StoreError),
}

/// When services are.
#[derive(Clone)]
pub struct Timetable {
    lists: Arc<dyn Lists<ServiceQuery>>,
    organizations: Arc<dyn OrganizationStore>,
}

impl Timetable {
    /// Services in `lists`, of the organizations in `organizations`.
    pub fn new(
        lists: Arc<dyn Lists<ServiceQuery>>,
        organizations: Arc<dyn OrganizationStore>,
    ) -> Self {
        Self {
            lists,
            organizations,
        }
    }

    /// The services of one production or of all, that overlap the time from one edge to the other.
    ///
    /// Edges that are dates are days in the organization's time zone.
    pub fn list(
        &self,
        org: OrgId,
        production: Option<ProductionId>,
        (from, to): (Option<Edge>, Option<Edge>),
        page: PageRequest,
    ) -> Result<Page<Record<Service>>, TimetableError> {
        let window = match Window::of_instants(from, to) {
            Some(window) => window.ok(),
            None => match self.organizations.by_id(org)? {
                Some(organization) => Window::in_zone(from, to, &organization.facts.time_zone),
                None => return Ok(Page::empty(page)),
            },
        };
        let window = window.ok_or(TimetableError::WindowInverted)?;
        Ok(self
            .lists
            .list(org, &ServiceQuery { production, window }, page)?)
    }
}
