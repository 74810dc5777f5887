-- The log as it was knew of nothing that is about no object.
DELETE FROM audit_log WHERE subject_type IS NULL;

ALTER TABLE audit_log
    DROP CONSTRAINT audited_subjects_have_a_kind_and_an_id,
    DROP CONSTRAINT audited_requests_are_told_whole_or_not_at_all,
    ALTER COLUMN subject_type SET NOT NULL,
    DROP COLUMN status,
    DROP COLUMN route,
    DROP COLUMN method,
    DROP COLUMN address;
