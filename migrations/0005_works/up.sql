-- The repertoire. Movements are part of their work, have no identity and are referred to by nothing,
-- so they are a value. Works are listed by composer, then by title, in the order of their folded
-- forms: the index leads to a composer's works, which are few enough to sort.
CREATE TABLE works (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    title text NOT NULL,
    nickname text,
    composer text NOT NULL,
    composer_birth_year integer,
    composer_death_year integer,
    arranger text,
    catalogue text,
    key text,
    year_composed integer,
    genre text,
    duration_minutes integer,
    instrumentation text,
    movements jsonb NOT NULL,
    rights text NOT NULL,
    composer_folded text COLLATE "C" NOT NULL,
    title_folded text COLLATE "C" NOT NULL,
    search_text text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT works_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT works_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT works_belong_to_an_organization FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT movements_of_works_are_a_list CHECK (jsonb_typeof(movements) = 'array'),
    CONSTRAINT works_have_known_rights CHECK (rights IN (
        'PUBLIC_DOMAIN', 'ORIGINAL', 'LICENSED_RENTAL', 'PERUSAL', 'VIEW_ONLY', 'PENDING_REVIEW',
        'UNKNOWN'))
);

CREATE INDEX works_by_composer_and_title
    ON works (org_id, head(composer_folded), head(title_folded));
CREATE INDEX works_by_parts_of_words ON works USING gin (org_id, search_text gin_trgm_ops);
