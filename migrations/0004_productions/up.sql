-- What an organization puts on. Like every table of things that are imported, it has the name by
-- which a thing is known at its source; like every table that is searched, the folded text that a
-- search looks at, which the application writes because folding is its rule.
CREATE TABLE productions (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    code text,
    title text NOT NULL,
    subtitle text,
    season text,
    series text,
    type text NOT NULL,
    status text NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    conductor text,
    venue text,
    description text,
    search_text text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT productions_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT productions_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT productions_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT productions_are_of_a_known_type CHECK (type IN (
        'SUBSCRIPTION', 'TOUR', 'EDUCATION', 'FAMILY', 'POPS', 'CHAMBER', 'OPERA', 'BALLET', 'FILM',
        'FESTIVAL', 'OUTDOOR', 'GALA', 'RECORDING', 'BROADCAST', 'PRIVATE', 'COMMUNITY',
        'RESIDENCY', 'OTHER')),
    CONSTRAINT productions_have_a_known_status CHECK (status IN (
        'DRAFT', 'TENTATIVE', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'POSTPONED', 'CANCELLED',
        'ARCHIVED')),
    CONSTRAINT productions_end_after_they_start CHECK (end_date >= start_date)
);

CREATE INDEX productions_latest_first ON productions (org_id, start_date DESC, id);
CREATE INDEX productions_of_a_status_latest_first
    ON productions (org_id, status, start_date DESC, id);
CREATE INDEX productions_by_parts_of_words
    ON productions USING gin (org_id, search_text gin_trgm_ops);
