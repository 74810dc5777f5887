       -- What is sent besides; the payload of an event's delivery is the event's.
       , delivery.headers,
       coalesce(delivery.payload, (SELECT event.payload FROM events event
                                   WHERE event.org_id = delivery.org_id
                                       AND event.id = delivery.event_id)) AS payload
