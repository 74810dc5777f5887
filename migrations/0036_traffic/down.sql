DROP TABLE traffic_hours;
