-- Requests that were refused and belong to no organization, because nobody could say whose the key
-- was. This is the one table of strangers: no row in it leads anywhere.
CREATE TABLE refused_attempts (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    details jsonb NOT NULL,
    request_id text NOT NULL,
    address text NOT NULL,
    method text NOT NULL,
    route text NOT NULL,
    status smallint NOT NULL,
    CONSTRAINT refused_attempts_have_distinct_ids PRIMARY KEY (id),
    CONSTRAINT details_of_refused_attempts_are_an_object CHECK (jsonb_typeof(details) = 'object')
);

CREATE INDEX refused_attempts_in_order ON refused_attempts (at, id);

-- Refused requests are forgotten after a while, those of every organization by one worker.
CREATE INDEX refused_requests_by_age ON audit_log (at) WHERE action = 'request.refused';
