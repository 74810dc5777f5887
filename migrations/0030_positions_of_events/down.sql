DROP INDEX events_to_dispatch;
ALTER TABLE events ADD COLUMN dispatched_at timestamptz;
UPDATE events SET dispatched_at = created_at WHERE position IS NOT NULL;
ALTER TABLE events DROP COLUMN endpoint_ids, DROP COLUMN position;
CREATE INDEX events_to_dispatch ON events (id) WHERE dispatched_at IS NULL;
