-- The log as it was knew of nothing that the server did by itself.
DELETE FROM audit_log WHERE actor_kind = 'SERVER';

ALTER TABLE audit_log
    DROP CONSTRAINT audited_actors_have_an_id_unless_they_run_or_are_the_server,
    DROP CONSTRAINT audited_actors_are_of_a_known_kind,
    ADD CONSTRAINT audited_actors_are_of_a_known_kind CHECK (
        actor_kind IN ('KEY', 'USER', 'OPERATOR')),
    ADD CONSTRAINT audited_actors_have_an_id_unless_they_run_the_server CHECK (
        (actor_kind = 'OPERATOR') = (actor_id IS NULL));

ALTER TABLE webhook_endpoints
    DROP CONSTRAINT enabled_endpoints_have_no_reason_to_be_disabled,
    DROP CONSTRAINT endpoints_are_disabled_for_a_known_reason,
    DROP CONSTRAINT endpoints_have_ids_that_no_other_organization_has,
    DROP COLUMN disabled_because,
    DROP COLUMN failing_since;

ALTER TABLE webhook_endpoint_secrets
    DROP CONSTRAINT one_master_key_seals_all_secrets,
    DROP COLUMN key_id;
