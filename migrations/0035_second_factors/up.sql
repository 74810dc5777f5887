-- What users prove themselves with beside a password: the secret that an app makes codes of, and codes on
-- paper for those who have lost the app. The secret is encrypted under the server's master key, which all
-- secrets are under, those of endpoints and these, and who changes it changes it for all of them at once.
-- One that no code has confirmed is not in force. A code belongs to a step of thirty seconds, and the last
-- step that was used is kept, so that each is used once. Of recovery codes only hashes are stored, and one
-- that was used is gone.
CREATE TABLE second_factors (
    org_id uuid NOT NULL,
    user_id uuid NOT NULL,
    key_id text NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    confirmed_at timestamptz,
    last_step bigint,
    CONSTRAINT users_have_one_second_factor PRIMARY KEY (org_id, user_id),
    CONSTRAINT second_factors_are_of_a_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id),
    CONSTRAINT one_master_key_seals_all_second_factors
        FOREIGN KEY (key_id) REFERENCES webhook_master_key (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT nonces_of_second_factors_are_of_aes_gcm CHECK (octet_length(nonce) = 12),
    CONSTRAINT second_factors_are_confirmed_by_a_step CHECK (
        (confirmed_at IS NULL) = (last_step IS NULL))
);

CREATE INDEX second_factors_by_master_key ON second_factors (key_id);

CREATE TABLE recovery_codes (
    org_id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT recovery_codes_have_distinct_hashes PRIMARY KEY (org_id, user_id, hash),
    CONSTRAINT recovery_codes_stand_in_for_a_second_factor
        FOREIGN KEY (org_id, user_id) REFERENCES second_factors (org_id, user_id) ON DELETE CASCADE,
    CONSTRAINT hashes_of_recovery_codes_are_of_sha_256 CHECK (octet_length(hash) = 32)
);
