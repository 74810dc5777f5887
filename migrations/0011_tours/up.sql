-- The orchestra's journeys. Legs are part of their tour, have no identity and are referred to by
-- nothing, so they are a value.
CREATE TABLE tours (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    name text NOT NULL,
    status text NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    legs jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT tours_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT tours_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT tours_belong_to_an_organization FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT tours_have_a_known_status CHECK (status IN (
        'PLANNING', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED')),
    CONSTRAINT tours_end_after_they_start CHECK (end_date >= start_date),
    CONSTRAINT legs_of_tours_are_a_list CHECK (jsonb_typeof(legs) = 'array')
);

CREATE INDEX tours_latest_first ON tours (org_id, start_date DESC, id);
