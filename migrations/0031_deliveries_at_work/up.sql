-- Deliveries are sent by workers of each endpoint's own, so what is due is a queue for each endpoint.
-- A delivery of an event has the event's payload; only a test, which tells of none, has one of its own.
-- What is old is forgotten by its age, whosever it is. How long an attempt took is not known of one
-- whose sender stopped.
DROP INDEX deliveries_that_are_due;
DROP INDEX deliveries_in_order;
DROP INDEX deliveries_of_an_event;

ALTER TABLE webhook_deliveries
    DROP CONSTRAINT endpoints_hear_of_an_event_once,
    ADD CONSTRAINT endpoints_hear_of_an_event_once UNIQUE (org_id, event_id, endpoint_id),
    ALTER COLUMN payload DROP NOT NULL,
    ADD COLUMN failures integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT failures_of_deliveries_are_attempts CHECK (failures BETWEEN 0 AND attempts),
    ADD CONSTRAINT deliveries_that_are_leased_are_due_again
        CHECK (leased_until IS NULL OR due_at IS NOT NULL);

UPDATE webhook_deliveries SET payload = NULL WHERE event_id IS NOT NULL;

ALTER TABLE webhook_deliveries
    ALTER COLUMN failures DROP DEFAULT,
    ADD CONSTRAINT deliveries_without_an_event_have_a_payload
        CHECK ((payload IS NULL) = (event_id IS NOT NULL));

CREATE INDEX deliveries_that_are_due ON webhook_deliveries (org_id, endpoint_id, due_at, id)
    WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_by_age ON webhook_deliveries (created_at);

ALTER TABLE webhook_attempts ALTER COLUMN duration_ms DROP NOT NULL;
