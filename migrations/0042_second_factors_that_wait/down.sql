ALTER TABLE second_factors
    DROP CONSTRAINT second_factors_are_confirmed_or_wait_for_a_session,
    DROP COLUMN begun_at,
    DROP COLUMN begun_in;
