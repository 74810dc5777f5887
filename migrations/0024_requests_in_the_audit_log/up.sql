-- By which request something was done: where it came from, what it asked for and how it was answered.
-- A request that was refused is about no object. Addresses are written out, as people and `grep` read
-- them: they are shown, and never searched by network.
ALTER TABLE audit_log
    ADD COLUMN address text,
    ADD COLUMN method text,
    ADD COLUMN route text,
    ADD COLUMN status smallint,
    ALTER COLUMN subject_type DROP NOT NULL,
    ADD CONSTRAINT audited_requests_are_told_whole_or_not_at_all CHECK (
        num_nulls(request_id, address, method, route, status) IN (0, 5)),
    ADD CONSTRAINT audited_subjects_have_a_kind_and_an_id CHECK (
        (subject_type IS NULL) = (subject_id IS NULL));
