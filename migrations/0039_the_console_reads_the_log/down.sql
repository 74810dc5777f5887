DROP INDEX deliveries_that_arrived;
DROP INDEX deliveries_of_a_type_in_order;
