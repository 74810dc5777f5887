-- How writes were answered that their clients have given a name, each kept in the transaction of its
-- write: whoever sends one again gets the same answer, byte for byte, and nothing is done twice. What
-- is forgotten next is one queue for all organizations, so its index does not begin with one.
CREATE TABLE kept_answers (
    org_id uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    request bytea NOT NULL,
    status smallint NOT NULL,
    location text,
    body text NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT kept_answers_have_distinct_keys PRIMARY KEY (org_id, key),
    CONSTRAINT kept_answers_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT requests_of_kept_answers_are_told_by_32_bytes CHECK (octet_length(request) = 32)
);

CREATE INDEX kept_answers_to_forget ON kept_answers (expires_at);
