-- Halls, rooms, and other things that one booking holds at a time, with how long each is held before
-- and after a booking.
CREATE TABLE resources (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    name text NOT NULL,
    type text NOT NULL,
    venue text,
    capacity integer,
    setup_minutes integer NOT NULL,
    teardown_minutes integer NOT NULL,
    status text NOT NULL,
    status_reason text,
    name_folded text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT resources_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT resources_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT resources_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT resources_are_of_a_known_type CHECK (type IN (
        'HALL', 'STAGE', 'REHEARSAL_ROOM', 'PRACTICE_ROOM', 'SECTIONAL_ROOM', 'DRESSING_ROOM',
        'MEETING_ROOM', 'STUDIO', 'STORAGE', 'VEHICLE', 'PIANO', 'PERCUSSION', 'STAGE_EQUIPMENT',
        'AUDIO_VIDEO', 'LIGHTING', 'OTHER')),
    CONSTRAINT resources_have_a_known_status CHECK (status IN (
        'AVAILABLE', 'OUT_OF_SERVICE', 'ARCHIVED')),
    CONSTRAINT resources_are_not_held_for_less_than_no_time
        CHECK (setup_minutes >= 0 AND teardown_minutes >= 0)
);

CREATE INDEX resources_by_name ON resources (org_id, head(name_folded));
