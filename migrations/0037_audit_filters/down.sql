DROP INDEX refused_requests_of_a_key;
DROP INDEX audit_entries_on_a_kind;
DROP INDEX audit_entries_of_an_action;
DROP INDEX audit_entries_of_the_machine;
DROP INDEX audit_entries_of_an_author;
