-- A key that is rotated names the key that takes its place. It is rotated once, and no key takes the
-- place of two. What servers remember of a key does not have this, so nobody is told of it: that the old
-- key ends is told of as every change of an end.
ALTER TABLE api_keys
    ADD COLUMN replaced_by uuid,
    ADD CONSTRAINT keys_are_replaced_by_a_key_of_their_organization
        FOREIGN KEY (org_id, replaced_by) REFERENCES api_keys (org_id, id),
    ADD CONSTRAINT keys_take_the_place_of_one_other UNIQUE (org_id, replaced_by),
    ADD CONSTRAINT keys_that_are_replaced_have_an_end CHECK (
        replaced_by IS NULL OR (expires_at IS NOT NULL AND replaced_by <> id));
