-- Which works were played, when, where and by whom: the table that grows largest. One index over
-- trigrams serves every search in it, because what the other columns are searched for (composer,
-- conductor) occurs in search_text too: it finds the rows, and the folded columns decide.
CREATE TABLE performances (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    date date NOT NULL,
    season text,
    series text,
    orchestra text,
    composer text NOT NULL,
    work_id uuid,
    title text NOT NULL,
    movement text,
    conductor text,
    soloists jsonb NOT NULL,
    venue text,
    location text,
    production_id uuid,
    composer_folded text COLLATE "C" NOT NULL,
    conductor_folded text COLLATE "C",
    search_text text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT performances_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT performances_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT performances_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT performances_are_of_a_work_of_the_repertoire
        FOREIGN KEY (org_id, work_id) REFERENCES works (org_id, id),
    CONSTRAINT performances_were_part_of_a_production
        FOREIGN KEY (org_id, production_id) REFERENCES productions (org_id, id),
    CONSTRAINT conductors_of_performances_are_folded
        CHECK ((conductor IS NULL) = (conductor_folded IS NULL)),
    CONSTRAINT soloists_of_performances_are_a_list CHECK (jsonb_typeof(soloists) = 'array')
);

CREATE INDEX performances_latest_first ON performances (org_id, date DESC, id);
CREATE INDEX performances_of_a_work ON performances (org_id, work_id, date)
    WHERE work_id IS NOT NULL;
CREATE INDEX performances_of_a_production ON performances (org_id, production_id)
    WHERE production_id IS NOT NULL;
CREATE INDEX performances_by_parts_of_words
    ON performances USING gin (org_id, search_text gin_trgm_ops);
