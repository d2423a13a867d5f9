-- A bank that takes back a deposit takes it from the account that it came to. Where the wallet has moved since, and the
-- money with it, it goes back there by a number for that alone.

ALTER TABLE "pattern_moves" ADD COLUMN "back_number_id" TEXT;
CREATE UNIQUE INDEX "pattern_moves_back_number_id_key" ON "pattern_moves"("back_number_id");

-- Of wallets that moved to another account: what is on its way there or back, what of it the numbers for that alone wait
-- for, and the numbers that they had before.
CREATE OR REPLACE FUNCTION moves_context(transfer_ids text[], number_ids text[], payment_ids uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'payments', coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', p.id, 'transfer_id', p.transfer_id, 'account_id', p.from_account_id,
        'to_account_id', p.to_account_id, 'destination', p.destination, 'amount', p.amount::text))
      FROM pattern_payments p WHERE p.id = ANY (payment_ids) OR p.transfer_id = ANY (transfer_ids)), '[]'),
    'arrivals', coalesce((
      SELECT jsonb_object_agg(n.id, (
        -- What is waited for there, but for what came of it already.
        SELECT coalesce(jsonb_agg(w.amount::text), '[]')
        FROM (
          SELECT p.amount, row_number() OVER (PARTITION BY p.amount) AS nth
          FROM pattern_payments p
          WHERE p.to_number_id = n.id AND p.arrival_id IS NULL AND p.state IN ('due', 'sent')) w
        WHERE w.nth > (
          SELECT count(*) FROM transfers f
          WHERE f.account_number_id = n.id AND f.direction = 'inbound' AND f.purpose = 'move' AND f.amount = w.amount
            AND NOT EXISTS (SELECT 1 FROM pattern_payments z WHERE z.arrival_id = f.id))))
      FROM (
        SELECT m.arrival_number_id AS id FROM pattern_moves m WHERE m.arrival_number_id = ANY (number_ids)
        UNION ALL SELECT m.back_number_id FROM pattern_moves m WHERE m.back_number_id = ANY (number_ids)) n), '{}'),
    'former', coalesce((
      SELECT jsonb_object_agg(m.from_number_id, m.wallet_id) FROM pattern_moves m
      WHERE m.from_number_id = ANY (number_ids) AND m.switched_at IS NOT NULL), '{}'))
$$;

-- A line that a network doesn't carry at once leaves in parts, each a row of its own.
ALTER TABLE "withdrawal_batch_rows"
  ADD COLUMN "part" SMALLINT NOT NULL DEFAULT 1,
  ADD COLUMN "parts" SMALLINT NOT NULL DEFAULT 1,
  DROP CONSTRAINT "withdrawal_batch_rows_pkey",
  ADD CONSTRAINT "withdrawal_batch_rows_pkey" PRIMARY KEY ("batch_id", "line", "part"),
  ADD CONSTRAINT withdrawal_batch_rows_part CHECK (part BETWEEN 1 AND parts);
DROP TRIGGER withdrawal_batch_rows_read ON withdrawal_batch_rows;
CREATE TRIGGER withdrawal_batch_rows_read
  BEFORE UPDATE OF batch_id, line, part, parts, cells, faults, wallet_id, amount, fee_amount, destination_kind, destination, name, bank,
    repeats_line, repeats_id
  ON withdrawal_batch_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A day of a schedule is a withdrawal, or the batch of the parts that it leaves in.
ALTER TABLE "schedule_runs"
  ADD COLUMN "batch_id" UUID,
  DROP CONSTRAINT schedule_runs_end,
  ADD CONSTRAINT schedule_runs_end CHECK (num_nonnulls(withdrawal_id, batch_id, refusal) = 1);
CREATE UNIQUE INDEX "schedule_runs_batch_id_key" ON "schedule_runs"("batch_id");
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "withdrawal_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
