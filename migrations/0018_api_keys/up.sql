-- The keys that programs show. Two things are looked up here before anybody knows the organization,
-- and so have an index that does not begin with it: the hash of the key in a request, and the id of
-- a key that is to be revoked or was used.
CREATE TABLE api_keys (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    hash bytea NOT NULL,
    prefix text NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    reads_per_minute integer,
    writes_per_minute integer,
    expires_at timestamptz,
    created_by_kind text NOT NULL,
    created_by_id uuid,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT keys_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT keys_have_ids_that_no_other_organization_has UNIQUE (id),
    CONSTRAINT keys_have_distinct_hashes UNIQUE (hash),
    CONSTRAINT keys_belong_to_an_organization FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT hashes_of_keys_are_of_sha_256 CHECK (octet_length(hash) = 32),
    CONSTRAINT keys_have_known_scopes CHECK (scopes <@ ARRAY[
        'org:read:operations', 'org:read:personnel', 'org:read:resources', 'org:write:contacts',
        'org:write:bookings', 'org:write:checklist', 'org:write:requests']),
    CONSTRAINT limits_of_keys_are_one_to_a_million CHECK (
        reads_per_minute BETWEEN 1 AND 1000000 AND writes_per_minute BETWEEN 1 AND 1000000),
    CONSTRAINT makers_of_keys_are_of_a_known_kind CHECK (
        created_by_kind IN ('KEY', 'USER', 'OPERATOR')),
    CONSTRAINT makers_of_keys_have_an_id_unless_they_run_the_server CHECK (
        (created_by_kind = 'OPERATOR') = (created_by_id IS NULL))
);

CREATE INDEX keys_in_the_order_of_their_making ON api_keys (org_id, created_at, id);
