-- What happened, appended in the transaction in which it did. The payload is text and never jsonb:
-- its exact bytes are stored, signed and sent. The queue of what was not yet dispatched is one for
-- all organizations, in the order of ids, so its index does not begin with one.
CREATE TABLE events (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    created_at timestamptz NOT NULL,
    dispatched_at timestamptz,
    CONSTRAINT events_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT events_belong_to_an_organization FOREIGN KEY (org_id) REFERENCES organizations (id)
);

CREATE INDEX events_in_order ON events (org_id, created_at, id);
CREATE INDEX events_to_dispatch ON events (id) WHERE dispatched_at IS NULL;
