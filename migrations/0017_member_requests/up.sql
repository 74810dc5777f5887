-- What members ask for: leave, a substitute, an instrument.
CREATE TABLE member_requests (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    body text,
    start_date date,
    end_date date,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT requests_have_distinct_ids PRIMARY KEY (org_id, id),
    CONSTRAINT requests_are_made_by_a_member
        FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id),
    CONSTRAINT requests_are_of_a_known_type CHECK (type IN (
        'LEAVE', 'SICK', 'PARENTAL_LEAVE', 'AUDITION_LEAVE', 'RELEASE', 'SUBSTITUTE',
        'SERVICE_EXCHANGE', 'SCHEDULE_CHANGE', 'SEATING', 'DRESS', 'EQUIPMENT', 'INSTRUMENT_LOAN',
        'PARTS', 'TRAVEL', 'ACCESSIBILITY', 'OTHER')),
    CONSTRAINT requests_have_a_known_status CHECK (status IN (
        'SUBMITTED', 'IN_REVIEW', 'APPROVED', 'DECLINED', 'WITHDRAWN', 'COMPLETED')),
    CONSTRAINT requests_end_after_they_start CHECK (end_date >= start_date),
    CONSTRAINT requests_that_end_have_a_start CHECK (end_date IS NULL OR start_date IS NOT NULL)
);

CREATE INDEX requests_of_a_member ON member_requests (org_id, member_id, created_at, id);
