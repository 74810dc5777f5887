DROP INDEX deliveries_that_may_be_forgotten;
CREATE INDEX deliveries_by_age ON webhook_deliveries (created_at);

DROP INDEX deliveries_that_did_not_arrive;
DROP INDEX deliveries_in_order;
