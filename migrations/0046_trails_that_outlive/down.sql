ALTER TABLE kept_answers
    ADD CONSTRAINT kept_answers_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id);
ALTER TABLE audit_log
    ADD CONSTRAINT audit_entries_belong_to_an_organization
        FOREIGN KEY (org_id) REFERENCES organizations (id);
