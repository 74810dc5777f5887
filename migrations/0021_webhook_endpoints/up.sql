-- Where organizations want to hear of events, and the secrets that deliveries are signed with. A
-- secret is stored encrypted. The newest has no end; the one before it is good for a day longer.
CREATE TABLE webhook_endpoints (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    description text,
    event_types text[] NOT NULL,
    enabled boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT endpoints_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT endpoints_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT event_types_of_endpoints_are_words
        CHECK (array_position(event_types, NULL) IS NULL)
);

CREATE INDEX endpoints_in_the_order_of_their_making ON webhook_endpoints (org_id, created_at, id);

CREATE TABLE webhook_endpoint_secrets (
    org_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    id uuid NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    CONSTRAINT secrets_of_endpoints_have_distinct_ids PRIMARY KEY (org_id, endpoint_id, id),
    CONSTRAINT secrets_belong_to_an_endpoint
        FOREIGN KEY (org_id, endpoint_id) REFERENCES webhook_endpoints (org_id, id)
        ON DELETE CASCADE,
    CONSTRAINT nonces_of_secrets_are_of_aes_gcm CHECK (octet_length(nonce) = 12)
);

CREATE UNIQUE INDEX endpoints_have_one_newest_secret
    ON webhook_endpoint_secrets (org_id, endpoint_id) WHERE expires_at IS NULL;
