-- The log is read an organization's at a time, the oldest first: all of it, or what did not arrive, which
-- is little of it. What is old is forgotten by its age, unless it is still to be sent.
CREATE INDEX deliveries_in_order ON webhook_deliveries (org_id, created_at, id);
CREATE INDEX deliveries_that_did_not_arrive ON webhook_deliveries (org_id, status, created_at, id)
    WHERE status <> 'DELIVERED';

DROP INDEX deliveries_by_age;
CREATE INDEX deliveries_that_may_be_forgotten ON webhook_deliveries (created_at)
    WHERE due_at IS NULL;

-- An endpoint that is deleted stays for as long as its log is being emptied, and nobody sees it.
ALTER TABLE webhook_endpoints
    ADD COLUMN deleted_at timestamptz,
    ADD CONSTRAINT endpoints_that_are_deleted_are_disabled CHECK (
        deleted_at IS NULL OR NOT enabled);
