-- Searches look for parts of words within one organization, and bookings and services are looked up
-- by stretches of time within one organization: an index over both wants trigrams (pg_trgm) or
-- ranges beside a plain uuid, which GIN and GiST know only by btree_gin and btree_gist. All three
-- are trusted, so the owner of the database may install them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS btree_gist;
