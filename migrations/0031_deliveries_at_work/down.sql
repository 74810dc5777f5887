-- What an interrupted attempt took is not known; the log as it was had a number for every attempt.
UPDATE webhook_attempts SET duration_ms = 0 WHERE duration_ms IS NULL;
ALTER TABLE webhook_attempts ALTER COLUMN duration_ms SET NOT NULL;

DROP INDEX deliveries_by_age;
DROP INDEX deliveries_that_are_due;

ALTER TABLE webhook_deliveries
    DROP CONSTRAINT deliveries_without_an_event_have_a_payload;

UPDATE webhook_deliveries SET payload = events.payload
FROM events
WHERE webhook_deliveries.event_id IS NOT NULL
  AND events.org_id = webhook_deliveries.org_id AND events.id = webhook_deliveries.event_id;

ALTER TABLE webhook_deliveries
    DROP CONSTRAINT endpoints_hear_of_an_event_once,
    ADD CONSTRAINT endpoints_hear_of_an_event_once UNIQUE (org_id, endpoint_id, event_id),
    ALTER COLUMN payload SET NOT NULL,
    DROP CONSTRAINT deliveries_that_are_leased_are_due_again,
    DROP CONSTRAINT failures_of_deliveries_are_attempts,
    DROP COLUMN failures;

CREATE INDEX deliveries_in_order ON webhook_deliveries (org_id, created_at, id);
CREATE INDEX deliveries_of_an_event ON webhook_deliveries (org_id, event_id)
    WHERE event_id IS NOT NULL;
CREATE INDEX deliveries_that_are_due ON webhook_deliveries (due_at, id)
    WHERE due_at IS NOT NULL;
