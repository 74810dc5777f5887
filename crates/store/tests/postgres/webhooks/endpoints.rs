//! Endpoints and their secrets.

use super::PgGround;

org_webhooks::endpoint_contract!(PgGround::new);
