//! Deliveries: dispatched, claimed, recorded, and logged.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use org_domain::transaction::{End, Transactions};
use org_kernel::audit::Origin;
use org_kernel::event::Event;
use org_kernel::id::{EventId, Id, OrgId};
use org_webhooks::contract::delivering::DeliveryGround;
use org_webhooks::delivery_log::DeliveryLog;
use org_webhooks::fan_out::FanOutStore;
use org_webhooks::figures::DeliveryFigures;
use org_webhooks::outgoing::Outgoing;
use uuid::Uuid;

use super::PgGround;

impl DeliveryGround for PgGround {
    fn fan_out(&self) -> &dyn FanOutStore {
        &self.pg
    }

    fn outgoing(&self) -> &dyn Outgoing {
        &self.pg
    }

    fn log(&self) -> &dyn DeliveryLog {
        &self.pg
    }

    fn figures(&self) -> &dyn DeliveryFigures {
        &self.pg
    }

    fn tell(&self, org: OrgId, event: Event) {
        let told = self.pg.transact(org, &Origin::OPERATOR, &mut |tx| {
            tx.append(event.clone())?;
            Ok(End::Commit)
        });
        told.expect("a database that answers");
    }

    fn tell_later<'a>(&'a self, org: OrgId, event: Event) -> Box<dyn FnOnce() + 'a> {
        let mut conn = self.database.connection();
        conn.batch_execute("BEGIN").expect("a transaction");
        let written = diesel::sql_query(
            "INSERT INTO events (org_id, id, type, payload, created_at, endpoint_ids)
             SELECT $1, $2, $3, $4, now(), array_agg(id)
             FROM webhook_endpoints WHERE org_id = $1 AND enabled AND $3 = ANY(event_types)",
        )
        .bind::<SqlUuid, _>(org.uuid())
        .bind::<SqlUuid, _>(event.id.uuid())
        .bind::<Text, _>(event.kind)
        .bind::<Text, _>(event.payload)
        .execute(&mut conn);
        assert_eq!(written, Ok(1));
        Box::new(move || conn.batch_execute("COMMIT").expect("it commits"))
    }

    fn feed(&self, org: OrgId) -> Vec<EventId> {
        #[derive(QueryableByName)]
        struct Fed {
            #[diesel(sql_type = SqlUuid)]
            id: Uuid,
        }
        let query = "SELECT id FROM events WHERE org_id = $1 AND position IS NOT NULL
                     ORDER BY position";
        let fed: Vec<Fed> = diesel::sql_query(query)
            .bind::<SqlUuid, _>(org.uuid())
            .load(&mut self.database.connection())
            .expect("the database answers");
        fed.into_iter().map(|fed| Id::new(fed.id)).collect()
    }
}

org_webhooks::delivery_contract!(PgGround::new);
