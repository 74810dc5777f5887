ALTER TABLE console_sessions DROP COLUMN password_hash;
