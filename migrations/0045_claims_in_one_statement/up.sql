-- A client's key is claimed with a lock, and the answer that is kept under it is looked for once the
-- lock is there. In one plain statement the two would see one instant, which may lie before the commit
-- of whoever had the lock last, and so miss its answer. Each statement of a volatile function sees what
-- was committed when that statement began: a claim is one round trip, and misses nothing.
CREATE FUNCTION claim_answer(
    lock_number bigint,
    claiming_org uuid,
    claimed_key text,
    OUT claimed boolean,
    OUT request bytea,
    OUT status smallint,
    OUT location text,
    OUT body text,
    OUT expires_at timestamptz
)
    LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
    claimed := pg_try_advisory_xact_lock(lock_number);
    IF claimed THEN
        SELECT kept.request, kept.status, kept.location, kept.body, kept.expires_at
        INTO request, status, location, body, expires_at
        FROM kept_answers AS kept
        WHERE kept.org_id = claiming_org AND kept.key = claimed_key;
    END IF;
END
$$;
