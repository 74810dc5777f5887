-- When which resource is held, and for what. A booking holds its resource for longer than it lasts,
-- to set up and to clear away; what it holds is stored, so that a later change of the resource
-- moves no booking. However many requests for one slot arrive at once, on however many servers,
-- booking_slots_do_not_overlap lets exactly one through.
CREATE TABLE resource_bookings (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    resource_id uuid NOT NULL,
    title text NOT NULL,
    start_at timestamptz NOT NULL,
    end_at timestamptz NOT NULL,
    held_from timestamptz NOT NULL,
    held_until timestamptz NOT NULL,
    status text NOT NULL,
    notes text,
    cancelled_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT bookings_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT bookings_hold_a_resource
        FOREIGN KEY (org_id, resource_id) REFERENCES resources (org_id, id),
    CONSTRAINT bookings_have_a_known_status CHECK (status IN ('CONFIRMED', 'CANCELLED')),
    CONSTRAINT bookings_end_after_they_start CHECK (end_at > start_at),
    CONSTRAINT bookings_hold_at_least_what_they_last
        CHECK (held_from <= start_at AND held_until >= end_at),
    CONSTRAINT bookings_are_cancelled_at_a_time
        CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL)),
    CONSTRAINT booking_slots_do_not_overlap EXCLUDE USING gist (
        org_id WITH =, resource_id WITH =, tstzrange(held_from, held_until) WITH &&)
        WHERE (status = 'CONFIRMED')
);

CREATE INDEX bookings_of_a_resource_in_order ON resource_bookings (org_id, resource_id, start_at, id);
