-- ── What is told once is kept by nobody else ─────────────────────────────────

-- Answers are sealed from now on. Of those that stand as they were told, the ones with a secret go: who asks again under the
-- same Idempotency-Key is answered anew, under the id that makes nothing twice, and hears the same secret.
UPDATE api_requests SET status = NULL, body = NULL, lease_until = now() WHERE body LIKE '%"secret":"whsec\_%';

