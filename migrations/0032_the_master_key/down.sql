ALTER TABLE webhook_endpoint_secrets DROP CONSTRAINT one_master_key_seals_all_secrets;

DROP INDEX secrets_by_master_key;

DROP TABLE webhook_master_key;

ALTER TABLE webhook_endpoint_secrets
    ADD CONSTRAINT one_master_key_seals_all_secrets
        EXCLUDE USING gist (key_id WITH <>) DEFERRABLE INITIALLY IMMEDIATE;
