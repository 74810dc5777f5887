-- Who comes by a link may choose a new password. Where a second factor is in force, it waits with the
-- session until that is shown, and is forgotten with it otherwise.
ALTER TABLE console_sessions
    ADD COLUMN password_hash text,
    ADD CONSTRAINT passwords_wait_in_sessions_that_are_pending CHECK (
        pending OR password_hash IS NULL);
