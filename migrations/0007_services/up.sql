-- Rehearsals, concerts, and whatever else players are called to. A list of services asks which of
-- them overlap a stretch of time; only an index over ranges answers that without reading the past.
CREATE TABLE services (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    production_id uuid NOT NULL,
    type text NOT NULL,
    status text NOT NULL,
    title text,
    start_at timestamptz NOT NULL,
    end_at timestamptz NOT NULL,
    call_at timestamptz,
    venue text,
    conductor text,
    dress text,
    notes text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT services_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT services_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT services_belong_to_a_production
        FOREIGN KEY (org_id, production_id) REFERENCES productions (org_id, id),
    CONSTRAINT services_are_of_a_known_type CHECK (type IN (
        'REHEARSAL', 'SECTIONAL', 'DRESS_REHEARSAL', 'OPEN_REHEARSAL', 'SOUND_CHECK', 'WARM_UP',
        'READING', 'CONCERT', 'EDUCATION_CONCERT', 'CHAMBER_CONCERT', 'RUN_OUT', 'RECORDING',
        'BROADCAST', 'AUDITION', 'TRAVEL', 'ON_CALL', 'MEETING', 'LOAD_IN', 'LOAD_OUT', 'OUTREACH',
        'OTHER')),
    CONSTRAINT services_have_a_known_status CHECK (status IN (
        'TENTATIVE', 'SCHEDULED', 'CONFIRMED', 'COMPLETED', 'POSTPONED', 'CANCELLED')),
    CONSTRAINT services_end_after_they_start CHECK (end_at > start_at)
);

CREATE INDEX services_in_order ON services (org_id, start_at, id);
CREATE INDEX services_of_a_production_in_order ON services (org_id, production_id, start_at, id);
CREATE INDEX services_by_time ON services USING gist (org_id, tstzrange(start_at, end_at));
