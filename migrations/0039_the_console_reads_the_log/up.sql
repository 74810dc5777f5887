-- Whoever looks for deliveries of a type, or for those that arrived, finds them by an index, however many
-- others there are. (Those that did not arrive have an index already.)
CREATE INDEX deliveries_of_a_type_in_order ON webhook_deliveries (org_id, type, created_at, id);
CREATE INDEX deliveries_that_arrived ON webhook_deliveries (org_id, created_at, id)
    WHERE status = 'DELIVERED';
