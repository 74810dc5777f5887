-- What the organization owns or borrows to play on, and who has it. The serial number and the insured
-- value are kept and never shown.
CREATE TABLE instruments (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    name text NOT NULL,
    category text NOT NULL,
    maker text,
    model text,
    year_made integer,
    condition text,
    location text,
    status text NOT NULL,
    on_loan_to uuid,
    serial text,
    insured_value_cents bigint,
    name_folded text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT instruments_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT instruments_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT instruments_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT instruments_are_on_loan_to_a_member
        FOREIGN KEY (org_id, on_loan_to) REFERENCES members (org_id, id),
    CONSTRAINT instruments_are_of_a_known_category CHECK (category IN (
        'STRINGS', 'WOODWIND', 'BRASS', 'PERCUSSION', 'KEYBOARD', 'HARP', 'EARLY', 'ELECTRONIC',
        'ACCESSORY')),
    CONSTRAINT instruments_are_in_a_known_condition CHECK (condition IN (
        'EXCELLENT', 'GOOD', 'FAIR', 'POOR', 'IN_REPAIR')),
    CONSTRAINT instruments_have_a_known_status CHECK (status IN (
        'AVAILABLE', 'ON_LOAN', 'IN_REPAIR', 'IN_TRANSIT', 'LOST', 'RETIRED')),
    CONSTRAINT instruments_are_not_insured_for_less_than_nothing CHECK (insured_value_cents >= 0)
);

CREATE INDEX instruments_by_name ON instruments (org_id, head(name_folded));
CREATE INDEX instruments_on_loan_to_a_member ON instruments (org_id, on_loan_to)
    WHERE on_loan_to IS NOT NULL;
