DROP INDEX days_of_keys_in_order;
