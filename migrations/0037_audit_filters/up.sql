-- The trail is read by who did something, by what was done, and by what was done to one kind of object:
-- each time newest first, a page at a time, so that every index ends in the trail's order. What has an
-- author with an id and what has none are two indexes, and each entry is in one of them: a column that
-- is null would stand between the filter and the order.
CREATE INDEX audit_entries_of_an_author ON audit_log (org_id, actor_id, at, id)
    WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entries_of_the_machine ON audit_log (org_id, actor_kind, at, id)
    WHERE actor_id IS NULL;
CREATE INDEX audit_entries_of_an_action ON audit_log (org_id, action, at, id);
CREATE INDEX audit_entries_on_a_kind ON audit_log (org_id, split_part(action, '.', 1), at, id);

-- What one key was refused may be little beside all that it has done.
CREATE INDEX refused_requests_of_a_key ON audit_log (org_id, actor_id, at, id)
    WHERE action = 'request.refused';
