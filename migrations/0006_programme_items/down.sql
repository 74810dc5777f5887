DROP TABLE programme_items;
