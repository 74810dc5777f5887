-- Who changed what, and by which request: a person, a key, or whoever runs the server. An author who
-- is gone is still named, so what is named here is not a reference.
CREATE TABLE audit_log (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    subject_type text NOT NULL,
    subject_id uuid,
    details jsonb NOT NULL,
    request_id text,
    CONSTRAINT audit_entries_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT audit_entries_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT audited_actors_are_of_a_known_kind CHECK (
        actor_kind IN ('KEY', 'USER', 'OPERATOR')),
    CONSTRAINT audited_actors_have_an_id_unless_they_run_the_server CHECK (
        (actor_kind = 'OPERATOR') = (actor_id IS NULL)),
    CONSTRAINT details_of_audit_entries_are_an_object CHECK (jsonb_typeof(details) = 'object')
);

CREATE INDEX audit_entries_in_order ON audit_log (org_id, at, id);
CREATE INDEX audit_entries_on_a_subject ON audit_log (org_id, subject_type, subject_id, at, id);
