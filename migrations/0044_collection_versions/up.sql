-- How long a list is takes as long to count as the list is long. So servers remember totals, each for
-- one version of its collection, and read the version beside the rows, in the same snapshot: a total
-- of another version is never shown. The version is changed by triggers, which no writer can forget,
-- whether it imports, writes a row or types SQL. It is random rather than counted, so that none comes
-- back: neither after a transaction that was rolled back, nor when a database is restored as it was.
--
-- Whoever changes a collection waits for others who change the same one. That is right for what is
-- imported and edited, and would not be for what is booked; of bookings there is no version.
CREATE TABLE collection_versions (
    org_id uuid NOT NULL,
    collection text COLLATE "C" NOT NULL,
    version uuid NOT NULL,
    CONSTRAINT collections_have_one_version PRIMARY KEY (org_id, collection),
    CONSTRAINT collections_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id)
) WITH (fillfactor = 50);

CREATE FUNCTION renew_collection_version() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    changed uuid[];
BEGIN
    -- In one order, so that two statements which change the same organizations do not deadlock.
    CASE TG_OP
        WHEN 'INSERT' THEN
            changed := ARRAY(SELECT DISTINCT org_id FROM after ORDER BY org_id);
        WHEN 'DELETE' THEN
            changed := ARRAY(SELECT DISTINCT org_id FROM before ORDER BY org_id);
        WHEN 'UPDATE' THEN
            changed := ARRAY(SELECT org_id FROM before UNION SELECT org_id FROM after
                             ORDER BY org_id);
        WHEN 'TRUNCATE' THEN
            changed := ARRAY(SELECT org_id FROM collection_versions
                             WHERE collection = TG_TABLE_NAME ORDER BY org_id);
    END CASE;
    INSERT INTO collection_versions (org_id, collection, version)
    SELECT org_id, TG_TABLE_NAME, gen_random_uuid() FROM unnest(changed) AS org_id
    ON CONFLICT (org_id, collection) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END
$$;

CREATE TRIGGER performances_inserted AFTER INSERT ON performances
    REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER performances_updated AFTER UPDATE ON performances
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER performances_deleted AFTER DELETE ON performances
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER performances_truncated AFTER TRUNCATE ON performances
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();

CREATE TRIGGER productions_inserted AFTER INSERT ON productions
    REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER productions_updated AFTER UPDATE ON productions
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER productions_deleted AFTER DELETE ON productions
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER productions_truncated AFTER TRUNCATE ON productions
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();

CREATE TRIGGER works_inserted AFTER INSERT ON works
    REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER works_updated AFTER UPDATE ON works
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER works_deleted AFTER DELETE ON works
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();
CREATE TRIGGER works_truncated AFTER TRUNCATE ON works
    FOR EACH STATEMENT EXECUTE FUNCTION renew_collection_version();

-- What is there has a version too: without one, a collection is empty.
INSERT INTO collection_versions (org_id, collection, version)
SELECT id, collection, gen_random_uuid()
FROM organizations, unnest(ARRAY['performances', 'productions', 'works']) AS collection;
