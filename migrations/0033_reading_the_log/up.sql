-- The log is read an organization's at a time, the oldest first.
CREATE INDEX deliveries_in_order ON webhook_deliveries (org_id, created_at, id);
