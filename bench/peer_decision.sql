\set id random(1, :rows)
WITH moved AS (UPDATE peer_case SET stage = 'next', version = version + 1 WHERE id = :id RETURNING id, version)
INSERT INTO peer_ledger (case_id, seq, step, at) SELECT id, version, 'endorse', now() FROM moved;
