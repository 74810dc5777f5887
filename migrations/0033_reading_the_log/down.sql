-- What was deleted is not to be seen again.
DELETE FROM webhook_endpoints WHERE deleted_at IS NOT NULL;
ALTER TABLE webhook_endpoints
    DROP CONSTRAINT endpoints_that_are_deleted_are_disabled,
    DROP COLUMN deleted_at;

DROP INDEX deliveries_that_may_be_forgotten;
CREATE INDEX deliveries_by_age ON webhook_deliveries (created_at);

DROP INDEX deliveries_that_did_not_arrive;
DROP INDEX deliveries_in_order;
