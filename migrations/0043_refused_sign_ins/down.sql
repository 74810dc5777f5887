DELETE FROM refused_attempts WHERE action = 'session.refused';
ALTER TABLE refused_attempts DROP COLUMN action;

DROP INDEX refused_sign_ins_by_age;

DELETE FROM audit_log WHERE action = 'session.refused';
ALTER TABLE audit_log
    DROP CONSTRAINT only_refused_sign_ins_have_no_author,
    DROP CONSTRAINT audited_actors_have_an_id_unless_they_run_or_are_the_server,
    ADD CONSTRAINT audited_actors_have_an_id_unless_they_run_or_are_the_server CHECK (
        (actor_kind IN ('OPERATOR', 'SERVER')) = (actor_id IS NULL)),
    ALTER COLUMN actor_kind SET NOT NULL;
