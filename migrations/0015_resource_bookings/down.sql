DROP TABLE resource_bookings;
