DROP INDEX refused_requests_by_age;
DROP TABLE refused_attempts;
