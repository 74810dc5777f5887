-- What is played in a production, in order. A place of a programme is a row, not a value, because it
-- refers to the repertoire, and the database is to keep that reference. Its key is its place:
-- nothing refers to it.
CREATE TABLE programme_items (
    org_id uuid NOT NULL,
    production_id uuid NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL,
    work_id uuid,
    title text NOT NULL,
    composer text,
    conductor text,
    soloists jsonb NOT NULL,
    duration_minutes integer,
    notes text,
    CONSTRAINT programme_positions_are_distinct PRIMARY KEY (org_id, production_id, position),
    CONSTRAINT programme_positions_count_from_one CHECK (position >= 1),
    CONSTRAINT programme_items_belong_to_a_production
        FOREIGN KEY (org_id, production_id) REFERENCES productions (org_id, id),
    CONSTRAINT programme_items_name_a_work_of_the_repertoire
        FOREIGN KEY (org_id, work_id) REFERENCES works (org_id, id),
    CONSTRAINT programme_items_are_of_a_known_kind CHECK (kind IN (
        'WORK', 'INTERMISSION', 'SPEECH', 'ENCORE', 'OTHER')),
    CONSTRAINT soloists_of_programme_items_are_a_list CHECK (jsonb_typeof(soloists) = 'array')
);

CREATE INDEX programme_items_of_a_work ON programme_items (org_id, work_id)
    WHERE work_id IS NOT NULL;
