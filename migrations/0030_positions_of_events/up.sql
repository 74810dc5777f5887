-- Who is to hear of an event is decided when it is written: the endpoints that were enabled and
-- subscribed then. Its place among the events of its organization is decided when it is dispatched:
-- ids are given before the commit, so an event that commits late would come before one that was
-- read already. Whoever reads in the order of positions misses none.
ALTER TABLE events
    ADD COLUMN endpoint_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN position bigint,
    ADD CONSTRAINT endpoints_of_events_are_ids CHECK (array_position(endpoint_ids, NULL) IS NULL),
    ADD CONSTRAINT positions_of_events_count_from_one CHECK (position >= 1),
    ADD CONSTRAINT positions_of_events_are_distinct UNIQUE (org_id, position);

DROP INDEX events_to_dispatch;
ALTER TABLE events DROP COLUMN dispatched_at;
CREATE INDEX events_to_dispatch ON events (org_id, id) WHERE position IS NULL;
