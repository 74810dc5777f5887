ALTER TABLE api_keys
    DROP CONSTRAINT keys_that_are_replaced_have_an_end,
    DROP CONSTRAINT keys_take_the_place_of_one_other,
    DROP CONSTRAINT keys_are_replaced_by_a_key_of_their_organization,
    DROP COLUMN replaced_by;
