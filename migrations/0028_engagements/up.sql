-- Which guest is to play, sing or conduct in which production, and how far that has come.
CREATE TABLE engagements (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    production_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    role text NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT engagements_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT engagements_belong_to_a_production
        FOREIGN KEY (org_id, production_id) REFERENCES productions (org_id, id),
    CONSTRAINT engagements_are_of_a_contact
        FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
    CONSTRAINT engagements_have_a_known_status CHECK (status IN (
        'PROPOSED', 'OFFERED', 'CONFIRMED', 'DECLINED', 'CANCELLED', 'COMPLETED'))
);

CREATE INDEX engagements_of_a_production ON engagements (org_id, production_id, created_at, id);
CREATE INDEX engagements_of_a_contact ON engagements (org_id, contact_id, created_at, id);
