-- The master key that secrets are sealed under is a row of its own, which every secret refers to, and
-- there is one such row. So all secrets are under one key, as before, and it takes no longer per secret
-- to change the key of many. Who changes it has the reference checked when all secrets have changed;
-- nobody else changes it as long as there is a secret. Without secrets the row says nothing.
ALTER TABLE webhook_endpoint_secrets DROP CONSTRAINT one_master_key_seals_all_secrets;

CREATE TABLE webhook_master_key (
    id text NOT NULL,
    CONSTRAINT master_keys_have_distinct_ids PRIMARY KEY (id)
);

CREATE UNIQUE INDEX there_is_one_master_key ON webhook_master_key ((true));

INSERT INTO webhook_master_key SELECT DISTINCT key_id FROM webhook_endpoint_secrets;

CREATE INDEX secrets_by_master_key ON webhook_endpoint_secrets (key_id);

ALTER TABLE webhook_endpoint_secrets
    ADD CONSTRAINT one_master_key_seals_all_secrets
        FOREIGN KEY (key_id) REFERENCES webhook_master_key (id) DEFERRABLE INITIALLY IMMEDIATE;
