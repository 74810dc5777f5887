-- A secret that no code has confirmed waits for a while, and for the session that began it alone; once it
-- is in force, nobody asks how it came to be. Sessions are forgotten before what they began, so that what
-- is named here is not a reference. Of those that wait already nobody knows since when.
DELETE FROM second_factors WHERE confirmed_at IS NULL;

ALTER TABLE second_factors
    ADD COLUMN begun_at timestamptz,
    ADD COLUMN begun_in uuid,
    ADD CONSTRAINT second_factors_are_confirmed_or_wait_for_a_session CHECK (
        num_nulls(confirmed_at, begun_at) = 1 AND (begun_at IS NULL) = (begun_in IS NULL));
