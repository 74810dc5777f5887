-- How much traffic each organization had in each hour (of UTC), and how long its requests took: a count
-- for each bucket of a histogram whose bounds the program knows. Requests leave no other trace.
CREATE TABLE traffic_hours (
    org_id uuid NOT NULL,
    hour timestamptz NOT NULL,
    refused bigint NOT NULL,
    failed bigint NOT NULL,
    limited bigint NOT NULL,
    took bigint[] NOT NULL,
    CONSTRAINT hours_of_traffic_are_distinct PRIMARY KEY (org_id, hour),
    CONSTRAINT hours_of_traffic_belong_to_organizations_that_exist
        FOREIGN KEY (org_id) REFERENCES organizations (id),
    CONSTRAINT hours_of_traffic_are_whole CHECK (extract(epoch FROM hour) % 3600 = 0),
    CONSTRAINT histograms_of_traffic_have_all_buckets
        CHECK (cardinality(took) = 55 AND array_position(took, NULL) IS NULL)
);

-- By which old hours are forgotten, whosever they are.
CREATE INDEX hours_of_traffic_by_age ON traffic_hours (hour);
