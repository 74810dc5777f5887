DROP TRIGGER keys_that_change_are_told_of ON api_keys;
DROP FUNCTION tell_of_api_key();
