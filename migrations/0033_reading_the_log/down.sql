DROP INDEX deliveries_in_order;
