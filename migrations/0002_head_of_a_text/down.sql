DROP FUNCTION head(text);
