-- The people of an organization who sign in to its settings. Whoever is removed stays, because the audit
-- trail names them, and their address is free again. Links are how people come in for the first time or
-- after they have lost a password; a session is what they are in by. Of the secrets of both only hashes
-- are stored, by which they are looked up before anybody knows the organization; and both are forgotten
-- by one worker for all organizations: hence the indexes that do not begin with one. A form brings the id
-- of the user that it makes, so that no id may be another organization's.
CREATE TABLE users (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    email_folded text COLLATE "C" NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text,
    joined_at timestamptz,
    last_signed_in_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz,
    CONSTRAINT users_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT users_have_ids_that_no_other_organization_has UNIQUE (id),
    CONSTRAINT users_belong_to_an_organization FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT users_have_a_known_role CHECK (role IN ('OWNER', 'ADMIN', 'VIEWER'))
);

CREATE UNIQUE INDEX users_have_distinct_addresses
    ON users (org_id, email_folded) WHERE removed_at IS NULL;

-- There is always an owner: once somebody has joined as one, an owner who has joined, and before that an
-- owner as long as there is anybody. Two who leave at once would each still see the other. So whoever
-- stops being an owner writes to the organization's row, which the other has to wait for; a transaction
-- that sees nothing that was committed after it began fails at that row, and is begun again.
CREATE FUNCTION keep_an_owner() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    people bigint;
    owners bigint;
    owners_who_have_joined bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.org_id = OLD.org_id AND NEW.role = 'OWNER' AND NEW.removed_at IS NULL
        AND (NEW.joined_at IS NOT NULL OR OLD.joined_at IS NULL) THEN
        RETURN NULL;
    END IF;
    UPDATE organizations SET updated_at = updated_at WHERE id = OLD.org_id;
    SELECT count(*), count(*) FILTER (WHERE role = 'OWNER'),
           count(*) FILTER (WHERE role = 'OWNER' AND joined_at IS NOT NULL)
        INTO people, owners, owners_who_have_joined
        FROM users WHERE org_id = OLD.org_id AND removed_at IS NULL;
    IF owners_who_have_joined > 0 OR OLD.joined_at IS NULL AND (owners > 0 OR people = 0) THEN
        RETURN NULL;
    END IF;
    RAISE 'the organization would have no owner' USING
        ERRCODE = 'check_violation', TABLE = 'users', CONSTRAINT = 'organizations_keep_an_owner';
END
$$;

CREATE CONSTRAINT TRIGGER organizations_keep_an_owner
    AFTER DELETE OR UPDATE OF org_id, role, joined_at, removed_at ON users
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW WHEN (OLD.role = 'OWNER' AND OLD.removed_at IS NULL)
    EXECUTE FUNCTION keep_an_owner();

-- A user has one link at the most: another takes its place, and its use takes it away.
CREATE TABLE sign_in_links (
    org_id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT users_have_one_link PRIMARY KEY (org_id, user_id),
    CONSTRAINT links_have_distinct_hashes UNIQUE (hash),
    CONSTRAINT links_are_of_a_user FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id),
    CONSTRAINT hashes_of_links_are_of_sha_256 CHECK (octet_length(hash) = 32)
);

CREATE INDEX links_to_forget ON sign_in_links (expires_at);

-- A session that is pending waits for a second factor, and is good for nothing else.
CREATE TABLE console_sessions (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    pending boolean NOT NULL,
    address text NOT NULL,
    agent text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT sessions_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT sessions_have_distinct_hashes UNIQUE (hash),
    CONSTRAINT sessions_are_of_a_user FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id),
    CONSTRAINT hashes_of_sessions_are_of_sha_256 CHECK (octet_length(hash) = 32)
);

CREATE INDEX sessions_of_a_user ON console_sessions (org_id, user_id, seen_at);
CREATE INDEX sessions_to_forget ON console_sessions (expires_at);
