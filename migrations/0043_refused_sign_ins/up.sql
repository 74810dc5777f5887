-- Whoever is not let in has not shown who they are: a refused sign-in stands in the trail of the user who
-- was named, and has no author. Where no known user was named, it stands among what strangers tried.
ALTER TABLE audit_log
    ALTER COLUMN actor_kind DROP NOT NULL,
    DROP CONSTRAINT audited_actors_have_an_id_unless_they_run_or_are_the_server,
    ADD CONSTRAINT audited_actors_have_an_id_unless_they_run_or_are_the_server CHECK (
        (actor_kind IS NULL OR actor_kind IN ('OPERATOR', 'SERVER')) = (actor_id IS NULL)),
    ADD CONSTRAINT only_refused_sign_ins_have_no_author CHECK (
        (actor_kind IS NULL) = (action = 'session.refused'));

CREATE INDEX refused_sign_ins_by_age ON audit_log (at) WHERE action = 'session.refused';

ALTER TABLE refused_attempts
    ADD COLUMN action text NOT NULL DEFAULT 'request.refused',
    ADD CONSTRAINT refused_attempts_are_of_a_known_kind CHECK (
        action IN ('request.refused', 'session.refused'));
ALTER TABLE refused_attempts ALTER COLUMN action DROP DEFAULT;
