-- How much each key was used on each day (in UTC). Reads leave no trace but this.
CREATE TABLE api_key_days (
    org_id uuid NOT NULL,
    key_id uuid NOT NULL,
    day date NOT NULL,
    reads bigint NOT NULL,
    writes bigint NOT NULL,
    refused bigint NOT NULL,
    failed bigint NOT NULL,
    limited bigint NOT NULL,
    CONSTRAINT days_of_keys_are_distinct PRIMARY KEY (org_id, key_id, day),
    CONSTRAINT days_belong_to_keys_that_exist FOREIGN KEY (org_id, key_id) REFERENCES api_keys (org_id, id)
);
