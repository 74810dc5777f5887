-- What endpoints need once deliveries really go out. Each secret names the master key that it is sealed
-- under, so that a wrong key is known as such. All are under one key: who still has an old one leaves no
-- secret that nobody opens; a transaction that changes the key of all looks when it is done. An endpoint that fails is disabled in the end, by the
-- server itself, which from now on is an author in the audit trail; why it was disabled stands with it
-- until it is enabled again. People name an endpoint by its id alone, as they do a key.
ALTER TABLE webhook_endpoint_secrets
    ADD COLUMN key_id text NOT NULL,
    ADD CONSTRAINT one_master_key_seals_all_secrets
        EXCLUDE USING gist (key_id WITH <>) DEFERRABLE INITIALLY IMMEDIATE;

ALTER TABLE webhook_endpoints
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN disabled_because text,
    ADD CONSTRAINT endpoints_have_ids_that_no_other_organization_has UNIQUE (id),
    ADD CONSTRAINT endpoints_are_disabled_for_a_known_reason CHECK (
        disabled_because IN ('GONE', 'FAILING')),
    ADD CONSTRAINT enabled_endpoints_have_no_reason_to_be_disabled CHECK (
        NOT enabled OR disabled_because IS NULL);

ALTER TABLE audit_log
    DROP CONSTRAINT audited_actors_are_of_a_known_kind,
    DROP CONSTRAINT audited_actors_have_an_id_unless_they_run_the_server,
    ADD CONSTRAINT audited_actors_are_of_a_known_kind CHECK (
        actor_kind IN ('KEY', 'USER', 'OPERATOR', 'SERVER')),
    ADD CONSTRAINT audited_actors_have_an_id_unless_they_run_or_are_the_server CHECK (
        (actor_kind IN ('OPERATOR', 'SERVER')) = (actor_id IS NULL));
