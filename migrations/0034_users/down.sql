DROP TABLE console_sessions;
DROP TABLE sign_in_links;
DROP TABLE users;
DROP FUNCTION keep_an_owner();
