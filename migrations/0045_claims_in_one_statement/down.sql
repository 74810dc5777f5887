DROP FUNCTION claim_answer(bigint, uuid, text);
