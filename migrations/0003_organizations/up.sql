-- Whose everything else is. Every other table begins its keys and indexes with org_id, which is the
-- id here. The slug is unique without it: a path names an organization by nothing else.
CREATE TABLE organizations (
    id uuid NOT NULL,
    slug text COLLATE "C" NOT NULL,
    name text NOT NULL,
    legal_name text,
    time_zone text NOT NULL,
    locale text NOT NULL,
    currency text NOT NULL,
    country text,
    city text,
    website text,
    season_start_month smallint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT organizations_have_distinct_ids PRIMARY KEY (id),
    CONSTRAINT organizations_have_distinct_slugs UNIQUE (slug),
    CONSTRAINT seasons_begin_in_a_month CHECK (season_start_month BETWEEN 1 AND 12)
);
