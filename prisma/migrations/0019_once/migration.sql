-- What was asked for under an id of the asker's own: who, what in one hash, and what came of it. Sent again it answers
-- that; by somebody else, or with another content, it is refused.
CREATE TABLE once_requests (
  id text PRIMARY KEY,
  act text NOT NULL,
  asked_by text NOT NULL,
  content_hash text NOT NULL,
  made_id text,
  at timestamptz(3) NOT NULL DEFAULT now()
);

-- Of what was made before, nobody knows any more what exactly was asked: no hash is empty, so the id counts as taken.
INSERT INTO once_requests (id, act, asked_by, content_hash, made_id, at)
  SELECT request_id, 'withdrawal.request', requested_by_id::text, '', id::text, created_at FROM withdrawals
  UNION ALL SELECT request_id, 'adjustment.request', requested_by_id::text, '', id::text, created_at FROM adjustments
  UNION ALL SELECT request_id, 'customer.create', '', '', id::text, created_at FROM customers WHERE request_id IS NOT NULL
  UNION ALL SELECT request_id, 'wallet.open', '', '', id::text, created_at FROM wallets WHERE request_id IS NOT NULL
  ON CONFLICT DO NOTHING;
