//! A delivery as lists show it.

use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Delivery, DeliveryStatus};

use super::path;

/// One line of a list.
pub(crate) struct Row {
    pub(crate) path: String,
    pub(crate) event_type: String,
    pub(crate) endpoint: EndpointId,
    pub(crate) status: Shown,
    attempts: u32,
    pub(crate) made: Instant,
}

impl Row {
    pub(crate) fn of(delivery: &Delivery) -> Self {
        Self {
            path: path(delivery.id),
            event_type: delivery.event_type.clone(),
            endpoint: delivery.endpoint,
            status: Shown(delivery.status),
            attempts: delivery.attempts,
            made: delivery.created_at,
        }
    }

    /// How many attempts were begun.
    pub(crate) const fn attempts(&self) -> u32 {
        self.attempts
    }
}

/// A status, as pages tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown(pub(crate) DeliveryStatus);

impl Shown {
    /// In a word.
    pub(crate) const fn word(self) -> &'static str {
        match self.0 {
            DeliveryStatus::Pending => "Pending",
            DeliveryStatus::Delivered => "Delivered",
            DeliveryStatus::Failed => "Failed",
            DeliveryStatus::Exhausted => "Exhausted",
            DeliveryStatus::Simulated => "Simulated",
        }
    }

    /// The class of its tag.
    pub(crate) const fn class(self) -> &'static str {
        match self.0 {
            DeliveryStatus::Delivered => "good",
            DeliveryStatus::Failed => "warn",
            DeliveryStatus::Exhausted => "bad",
            DeliveryStatus::Pending | DeliveryStatus::Simulated => "",
        }
    }

    /// What it means.
    pub(crate) const fn meaning(self) -> &'static str {
        match self.0 {
            DeliveryStatus::Pending => "No attempt has ended since it was made or last sent again.",
            DeliveryStatus::Delivered => "The receiver has answered that it has it.",
            DeliveryStatus::Failed => "The last attempt failed, and another one follows.",
            DeliveryStatus::Exhausted => {
                "The last attempt failed, and no other one follows by itself."
            }
            DeliveryStatus::Simulated => "A test, which is signed and logged and never sent.",
        }
    }
}
