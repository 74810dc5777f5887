-- Servers remember keys. Whatever changes what a key may do, be it another server, a command or
-- somebody at a prompt, tells all of them in the same transaction; the payload is the key's id.
CREATE FUNCTION tell_of_api_key() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM pg_notify('org_api_keys', COALESCE(NEW.id, OLD.id)::text);
    RETURN NULL;
END
$$;

CREATE TRIGGER keys_that_change_are_told_of
    AFTER INSERT OR DELETE OR UPDATE OF
        org_id, id, hash, scopes, reads_per_minute, writes_per_minute, expires_at, revoked_at
    ON api_keys
    FOR EACH ROW EXECUTE FUNCTION tell_of_api_key();
