-- Who belongs to the orchestra. The roster is listed in score order, which no alphabet knows, so the
-- database derives a section's rank itself, and the two cannot disagree. The address is kept and
-- never shown.
CREATE TABLE members (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    name text NOT NULL,
    role text NOT NULL,
    section text,
    section_rank integer GENERATED ALWAYS AS (array_position(ARRAY[
        'VIOLIN_1', 'VIOLIN_2', 'VIOLA', 'CELLO', 'DOUBLE_BASS', 'FLUTE', 'OBOE', 'CLARINET',
        'SAXOPHONE', 'BASSOON', 'HORN', 'TRUMPET', 'TROMBONE', 'TUBA', 'TIMPANI', 'PERCUSSION',
        'HARP', 'KEYBOARD', 'CHORUS', 'STAFF', 'LIBRARY', 'STAGE'], section)) STORED,
    chair integer,
    instrument text,
    status text NOT NULL,
    joined_on date,
    email text,
    name_folded text COLLATE "C" NOT NULL,
    search_text text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT members_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT members_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT members_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT members_have_a_known_role CHECK (role IN (
        'CONDUCTOR', 'CONCERTMASTER', 'PRINCIPAL', 'CO_PRINCIPAL', 'ASSOCIATE_PRINCIPAL',
        'ASSISTANT_PRINCIPAL', 'TUTTI', 'SUBSTITUTE', 'EXTRA', 'LIBRARIAN', 'PERSONNEL_MANAGER',
        'STAGE_MANAGER', 'STAFF')),
    CONSTRAINT members_have_a_known_section
        CHECK ((section IS NULL) = (section_rank IS NULL)),
    CONSTRAINT members_have_a_known_status CHECK (status IN (
        'ACTIVE', 'ON_LEAVE', 'INACTIVE', 'ALUMNI')),
    CONSTRAINT chairs_count_from_one CHECK (chair >= 1)
);

CREATE INDEX members_in_score_order ON members (org_id, section_rank, chair, head(name_folded));
CREATE INDEX members_by_parts_of_words ON members USING gin (org_id, search_text gin_trgm_ops);
