-- The delivery log: one row for each event and endpoint that is to hear of it, however often the
-- event is looked at. A test has a payload and headers like any delivery, but tells of no event: it
-- bears a message id of its own. An endpoint takes its log with it when it is deleted.
--
-- What is due is one queue for all organizations, in the order of time, so its index does not begin
-- with an organization. A worker that takes a delivery leases it, so that one that dies loses it.
CREATE TABLE webhook_deliveries (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid,
    message_id uuid NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    headers jsonb NOT NULL,
    status text NOT NULL,
    attempts integer NOT NULL,
    due_at timestamptz,
    leased_until timestamptz,
    delivered_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT deliveries_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT deliveries_go_to_an_endpoint
        FOREIGN KEY (org_id, endpoint_id) REFERENCES webhook_endpoints (org_id, id)
        ON DELETE CASCADE,
    CONSTRAINT deliveries_tell_of_an_event
        FOREIGN KEY (org_id, event_id) REFERENCES events (org_id, id),
    CONSTRAINT endpoints_hear_of_an_event_once UNIQUE (org_id, endpoint_id, event_id),
    CONSTRAINT deliveries_bear_the_id_of_their_event
        CHECK (event_id IS NULL OR event_id = message_id),
    CONSTRAINT headers_of_deliveries_are_an_object CHECK (jsonb_typeof(headers) = 'object'),
    CONSTRAINT deliveries_have_a_known_status CHECK (status IN (
        'PENDING', 'DELIVERED', 'FAILED', 'EXHAUSTED', 'SIMULATED')),
    CONSTRAINT attempts_at_deliveries_are_counted CHECK (attempts >= 0),
    CONSTRAINT deliveries_without_an_event_are_simulated
        CHECK ((status = 'SIMULATED') = (event_id IS NULL)),
    CONSTRAINT deliveries_that_were_delivered_have_a_time
        CHECK ((status = 'DELIVERED') = (delivered_at IS NOT NULL))
);

CREATE INDEX deliveries_in_order ON webhook_deliveries (org_id, created_at, id);
CREATE INDEX deliveries_to_an_endpoint_in_order
    ON webhook_deliveries (org_id, endpoint_id, created_at, id);
CREATE INDEX deliveries_of_an_event ON webhook_deliveries (org_id, event_id)
    WHERE event_id IS NOT NULL;
CREATE INDEX deliveries_that_are_due ON webhook_deliveries (due_at, id)
    WHERE due_at IS NOT NULL;

-- What came of each attempt to send.
CREATE TABLE webhook_attempts (
    org_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    number integer NOT NULL,
    started_at timestamptz NOT NULL,
    duration_ms integer NOT NULL,
    response_status smallint,
    response_body text,
    error text,
    CONSTRAINT attempts_have_distinct_numbers PRIMARY KEY (org_id, delivery_id, number),
    CONSTRAINT attempts_are_at_a_delivery
        FOREIGN KEY (org_id, delivery_id) REFERENCES webhook_deliveries (org_id, id)
        ON DELETE CASCADE,
    CONSTRAINT attempts_count_from_one CHECK (number >= 1),
    CONSTRAINT attempts_take_time CHECK (duration_ms >= 0),
    CONSTRAINT attempts_end_in_an_answer_or_an_error
        CHECK ((response_status IS NULL) = (error IS NOT NULL))
);
