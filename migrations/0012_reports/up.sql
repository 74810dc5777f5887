-- What was generated, and whether it can still be had; never what is in it.
CREATE TABLE reports (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    name text NOT NULL,
    kind text NOT NULL,
    format text NOT NULL,
    status text NOT NULL,
    row_count bigint,
    byte_size bigint,
    generated_at timestamptz,
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT reports_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT reports_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT reports_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT reports_have_a_known_format CHECK (format IN ('CSV', 'PDF', 'JSON')),
    CONSTRAINT reports_have_a_known_status CHECK (status IN (
        'QUEUED', 'READY', 'FAILED', 'EXPIRED')),
    CONSTRAINT reports_are_not_smaller_than_nothing CHECK (row_count >= 0 AND byte_size >= 0)
);

CREATE INDEX reports_latest_first ON reports (org_id, generated_at DESC NULLS LAST, id);
