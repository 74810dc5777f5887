-- Whose an entry of the trail or a kept answer is, is decided by the transaction that writes it: it is of
-- that one organization, and writes beside it an object, or an event, that refers to the organization. To
-- have PostgreSQL ask after the organization once for each of the three was a twentieth to a tenth of a
-- booking's time where many write at once, each locking the same row, and found nothing that the others did not find. And
-- a trail is to outlive whom it tells of.
ALTER TABLE audit_log DROP CONSTRAINT audit_entries_belong_to_an_organization;
ALTER TABLE kept_answers DROP CONSTRAINT kept_answers_belong_to_an_organization;
