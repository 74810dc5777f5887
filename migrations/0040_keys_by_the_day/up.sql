-- What all keys of an organization were used for in the last days is found without all the days before.
CREATE INDEX days_of_keys_in_order ON api_key_days (org_id, day, key_id);
