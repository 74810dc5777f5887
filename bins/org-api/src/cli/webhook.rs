//! What the commands that manage webhooks take.

use clap::{Args, Subcommand};

use super::WebhookFlags;

#[derive(Debug, Args)]
pub(crate) struct WebhookArgs {
    #[command(flatten)]
    pub(crate) flags: WebhookFlags,
    #[command(subcommand)]
    pub(crate) command: WebhookCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WebhookCommand {
    /// Make an endpoint; its secret is shown once
    Create(NewEndpointArgs),
    /// List an organization's endpoints
    List {
        /// The organization's slug
        #[arg(long, value_name = "SLUG")]
        org: String,
    },
    /// Change an endpoint
    Update(EndpointChangesArgs),
    /// Let an endpoint hear of events again
    Enable(EndpointArg),
    /// Let an endpoint hear of no further event
    Disable(EndpointArg),
    /// Make a new secret, which is shown once; the old one is valid for 24 hours more
    Rotate(EndpointArg),
    /// Delete an endpoint with its secrets and its deliveries
    Delete(EndpointArg),
    /// Record a delivery of type `webhook.test`, signed as any other and never sent
    Test(EndpointArg),
    /// List an organization's deliveries, the oldest first
    Deliveries(DeliveriesArgs),
    /// Show a delivery with its payload, its headers and its attempts
    Show(DeliveryArg),
    /// Have a delivery sent again, whatever became of it
    Resend(DeliveryArg),
    /// Have everything sent again that was made for an endpoint since a time, whatever became of it
    Replay {
        /// The endpoint's id, like `whk_…`
        id: String,
        /// An RFC 3339 instant
        #[arg(long, value_name = "INSTANT")]
        since: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DeliveryArg {
    /// The delivery's id, like `dlv_…`
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct DeliveriesArgs {
    /// The organization's slug
    #[arg(long, value_name = "SLUG")]
    pub(crate) org: String,
    /// Only those to this endpoint, by its id, like `whk_…`
    #[arg(long, value_name = "ID")]
    pub(crate) endpoint: Option<String>,
    /// Only those of this status: `PENDING`, `DELIVERED`, `FAILED`, `EXHAUSTED` or `SIMULATED`
    #[arg(long)]
    pub(crate) status: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct EndpointArg {
    /// The endpoint's id, like `whk_…`
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct NewEndpointArgs {
    /// The organization's slug
    #[arg(long, value_name = "SLUG")]
    pub(crate) org: String,
    /// Where deliveries go
    #[arg(long)]
    pub(crate) url: String,
    /// A type of event that it hears of; give it once for each
    #[arg(long = "event", value_name = "TYPE", num_args = 1..)]
    pub(crate) events: Vec<String>,
    /// What people say of it
    #[arg(long)]
    pub(crate) description: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct EndpointChangesArgs {
    /// The endpoint's id, like `whk_…`
    pub(crate) id: String,
    /// Where deliveries go from now on
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// The types of events that it hears of from now on, all of them; give it once for each
    #[arg(long = "event", value_name = "TYPE", num_args = 1..)]
    pub(crate) events: Option<Vec<String>>,
    /// What people say of it; a blank one takes it away
    #[arg(long)]
    pub(crate) description: Option<String>,
}
