-- What is left to do for a production, in order. Of two items that are appended at once, the
-- constraint on positions lets one be last and has the other try again.
CREATE TABLE checklist_items (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    production_id uuid NOT NULL,
    label text NOT NULL,
    done_at timestamptz,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT checklist_items_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT checklist_items_belong_to_a_production
        FOREIGN KEY (org_id, production_id) REFERENCES productions (org_id, id),
    CONSTRAINT checklist_positions_are_distinct UNIQUE (org_id, production_id, position),
    CONSTRAINT checklist_positions_count_from_one CHECK (position >= 1)
);
