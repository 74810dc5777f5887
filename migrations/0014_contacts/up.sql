-- The address book. Tags are labels without an identity, so they are a value.
CREATE TABLE contacts (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    external_id text COLLATE "C",
    name text NOT NULL,
    type text NOT NULL,
    company text,
    email text,
    phone text,
    city text,
    country text,
    role text,
    notes text,
    tags text[] NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT contacts_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT contacts_have_distinct_external_ids UNIQUE (org_id, external_id),
    CONSTRAINT contacts_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT contacts_are_of_a_known_type CHECK (type IN (
        'ARTIST', 'CONDUCTOR', 'SOLOIST', 'COMPOSER', 'AGENT', 'PUBLISHER', 'PRESENTER', 'VENUE',
        'SUPPLIER', 'SUBSTITUTE', 'CREW', 'TRANSPORT', 'HOTEL', 'MEDIA', 'SPONSOR', 'DONOR',
        'PARTNER', 'STAFF', 'OTHER')),
    CONSTRAINT tags_of_contacts_are_words CHECK (array_position(tags, NULL) IS NULL)
);
