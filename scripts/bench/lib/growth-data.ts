import pg from 'pg';
import { crowd, MOST_CUSTOMERS, type Step } from './growth-crowd.ts';
import { drawn, NAMES, pick } from './growth-names.ts';
import { sealed } from './growth-sealed.ts';

/** How many wallets there are, whatever the size; the first few have most of the movements. */
export const WALLETS = 2_000;
export const BUSY_WALLETS = 8;
/** What a search is for: so many at every size, so that each finds as much. */
export const NEEDLES = 60;
export const NEEDLE_NAME = 'Xóchitl Quetzalli Yupanqui';
export const NEEDLE_AMOUNT = 77_777_777n;
export const CASH_ID = 1n;

const OPERATING = 2;
const FIRST_WALLET_ACCOUNT = 10;
const walletId = (serial: string) => `('00000000-0000-4000-8000-' || lpad((${serial})::text, 12, '0'))`;
const CONCEPTS = [
  'Renta',
  'Nómina quincenal',
  'Pago de factura',
  'Préstamo',
  'Venta en línea',
  'Reembolso',
  'Colegiatura',
  'Abono',
];

/**
 * One year of movements, in the exact shape that ledger_post and the webhooks leave: every wallet opens with a deposit,
 * then deposits, withdrawals and adjustments; one in a hundred was known late, by minutes up to two days. Written in
 * bulk by a superuser with the triggers off, and checked afterwards.
 */
export async function generate(superuserUrl: string, movements: number): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(`SET session_replication_role = replica; SET synchronous_commit = off;
      SET work_mem = '1GB'; SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 2;`);
    const rebuild = await dropIndexes(client);
    for (const step of steps(movements)) await (typeof step === 'string' ? client.query(step) : step(client));
    for (const index of rebuild) await client.query(index);
    await check(client);
    await client.query('VACUUM (FREEZE, ANALYZE)');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

const TABLES = [
  'ledger_entries',
  'ledger_transactions',
  'ledger_accounts',
  'transfers',
  'withdrawals',
  'wallets',
  'wallet_assets',
  'customers',
  'entities',
  'account_numbers',
  'adjustments',
];

/** An index is built sooner over all rows than row by row. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `SELECT indexname, indexdef FROM pg_indexes i
     WHERE tablename = ANY ($1) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`,
    [TABLES],
  );
  for (const { indexname } of rows) await client.query(`DROP INDEX "${indexname}"`);
  return rows.map(({ indexdef }) => indexdef);
}

/** As many customers as movements, up to what there may be of them. */
export const customersOf = (movements: number) => Math.min(MOST_CUSTOMERS, movements);

function steps(movements: number): Step[] {
  const posted = `(now() - interval '1 hour' - interval '365 days' * (1 - n / ${movements}::float8))::timestamptz(3)`;
  const lag = `CASE WHEN ${drawn(1, 100)} = 0 THEN interval '1 second' * (60 + ${drawn(2, 172_800)}) ELSE interval '1 millisecond' * (200 + ${drawn(3, 4_000)}) END`;
  const needle = `n % ${Math.floor(movements / NEEDLES)} = 3`;
  return [
    `INSERT INTO entities (id, holder_name, holder_id, is_root, mode, raw, synced_at)
     VALUES ('ent_bench', 'Plataforma', 'ND', true, 'test', '{}', now())`,
    `INSERT INTO accounts (id, entity_id, asset, available_balance, is_root, root_account_number, status, mode, raw, synced_at)
     VALUES ('acc_bench', 'ent_bench', 'MXN', 0, true, '735969999999999999', 'active', 'test', '{}', now())`,
    `INSERT INTO wallet_terms (id, name, asset, updated_at) VALUES (${walletId('0')}::uuid, 'bench', 'MXN', now())`,
    `INSERT INTO operators (id, email, name, password_hash, role) VALUES (${walletId('1')}::uuid, 'bench@monedero.test', 'Bench', 'none', 'admin')`,
    sealed({
      ...{ into: 'bench_movers', from: 0, count: WALLETS },
      id: (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      told: (n) => ({ taxId: `XAXX010101${n}`, email: null, phone: null }),
    }),
    `INSERT INTO customers (id, kind, name, country, tax_id_kind, tax_id, tax_id_hash, updated_at)
     SELECT ${walletId('n')}::uuid, 'individual', ${pick(NAMES.first, 11)} || ' ' || ${pick(NAMES.last, 12)}, 'mx', 'rfc', tax_id, tax_id_hash, now()
     FROM bench_movers`,
    'DROP TABLE bench_movers',
    `INSERT INTO wallets (id, kind, status, name, customer_id, updated_at)
     SELECT ${walletId('n')}::uuid, 'customer', 'open', 'Principal', ${walletId('n')}::uuid, now()
     FROM generate_series(0, ${WALLETS - 1}) n`,
    `INSERT INTO wallets (id, kind, status, name, house_role, updated_at)
     SELECT ${walletId(`${WALLETS} + nth`)}::uuid, 'house', 'open', role, role, now()
     FROM unnest(ARRAY['operating', 'fees', 'settlement']) WITH ORDINALITY r(role, nth)`,
    `INSERT INTO wallet_assets (wallet_id, asset, state, terms_id, rail, pattern, account_id, updated_at)
     SELECT ${walletId('n')}::uuid, 'MXN', 'open', ${walletId('0')}::uuid, 'fintoc', 'A', 'acc_bench', now()
     FROM generate_series(0, ${WALLETS + 2}) n`,
    `INSERT INTO ledger_accounts (id, code, asset, side, bucket, owner_id, non_negative) VALUES
     (${CASH_ID}, 'fintoc/acc_bench/cash', 'MXN', 'debit', 'cash', 'acc_bench', false),
     (${OPERATING}, 'house/operating', 'MXN', 'credit', 'available', ${walletId(`${WALLETS} + 1`)}, false)`,
    `INSERT INTO ledger_accounts (id, code, asset, side, bucket, owner_id, non_negative)
     SELECT ${FIRST_WALLET_ACCOUNT} + 2 * n + half, 'wallet/' || ${walletId('n')} || '/' || bucket, 'MXN', 'credit', bucket, ${walletId('n')}, true
     FROM generate_series(0, ${WALLETS - 1}) n, (VALUES (0, 'available'), (1, 'reserved')) b(half, bucket)`,
    // What each movement is: the first of every wallet is a deposit that it can live on.
    `CREATE UNLOGGED TABLE bench AS
     SELECT n, CASE WHEN n <= ${WALLETS} THEN (n - 1)::int
                    WHEN ${drawn(4, 100)} < 40 THEN ${drawn(5, BUSY_WALLETS)}::int ELSE ${drawn(6, WALLETS)}::int END AS wallet,
            CASE WHEN n <= ${WALLETS} OR ${needle} THEN 'deposit'
                 ELSE CASE WHEN ${drawn(7, 20)} < 4 THEN 'withdrawal' WHEN ${drawn(7, 20)} = 4 THEN 'adjustment' ELSE 'deposit' END END AS kind,
            CASE WHEN ${needle} THEN ${NEEDLE_AMOUNT} WHEN n <= ${WALLETS} THEN 10000000000 ELSE 100 + ${drawn(8, 2_000_000)} END AS amount,
            ${needle} AS needle, ${posted} AS posted, ${posted} - (${lag}) AS effective
     FROM generate_series(1, ${movements}) n`,
    `INSERT INTO ledger_transactions (id, cause_kind, cause_id, step, kind, effective_at, posted_at, entry_count, transfer_id, withdrawal_id, note)
     SELECT n, CASE kind WHEN 'deposit' THEN 'transfer' ELSE kind END,
            CASE kind WHEN 'deposit' THEN 'tr_bench' || n ELSE ${walletId('n')} END,
            CASE kind WHEN 'deposit' THEN 'credit' WHEN 'withdrawal' THEN 'hold' ELSE 'posted' END,
            CASE kind WHEN 'withdrawal' THEN 'withdrawal_hold' ELSE kind END, effective, posted, 2,
            CASE kind WHEN 'deposit' THEN 'tr_bench' || n END, CASE kind WHEN 'withdrawal' THEN ${walletId('n')}::uuid END,
            CASE kind WHEN 'adjustment' THEN 'Corrección acordada' END
     FROM bench ORDER BY n`,
    `INSERT INTO ledger_entries (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
     SELECT n, line, account_id, sequence, 'MXN', amount, balance_after, kind, wallet_id, effective, posted FROM (
       SELECT l.*, row_number() OVER running AS sequence,
              sum(CASE account_id WHEN ${CASH_ID} THEN amount ELSE -amount END) OVER running AS balance_after
       FROM (
         SELECT n, 1 AS line, CASE kind WHEN 'deposit' THEN ${CASH_ID} ELSE ${FIRST_WALLET_ACCOUNT} + 2 * wallet END AS account_id,
                amount, kind, CASE WHEN kind <> 'deposit' THEN ${walletId('wallet')}::uuid END AS wallet_id, effective, posted
         FROM bench
         UNION ALL
         SELECT n, 2, CASE kind WHEN 'deposit' THEN ${FIRST_WALLET_ACCOUNT} + 2 * wallet WHEN 'adjustment' THEN ${OPERATING} ELSE ${FIRST_WALLET_ACCOUNT + 1} + 2 * wallet END,
                -amount, CASE kind WHEN 'withdrawal' THEN 'withdrawal_hold' ELSE kind END,
                CASE kind WHEN 'deposit' THEN ${walletId('wallet')}::uuid WHEN 'adjustment' THEN ${walletId(`${WALLETS} + 1`)}::uuid END, effective, posted
         FROM bench) l
       WINDOW running AS (PARTITION BY account_id ORDER BY n)) numbered
     ORDER BY n, line`,
    `UPDATE ledger_accounts a SET sequence = last.sequence, balance = last.balance
     FROM (SELECT account_id, max(sequence) AS sequence, sum(CASE account_id WHEN ${CASH_ID} THEN amount ELSE -amount END) AS balance
           FROM ledger_entries GROUP BY 1) last WHERE a.id = last.account_id`,
    `INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, wallet_id, counterparty_name, counterparty_number,
                            tracking_key, reference_id, comment, origin, mode, transacted_at, updated_at)
     SELECT ${transferFacts(`'tr_bench' || n, CASE kind WHEN 'withdrawal' THEN 'outbound' ELSE 'inbound' END::direction, 'succeeded', 'succeeded'`)} FROM bench WHERE kind <> 'adjustment' ORDER BY n`,
    `INSERT INTO withdrawals (id, wallet_id, account_id, asset, amount, fee_amount, beneficiary_name, destination_kind, destination, comment, status,
                              first_seen, requested_by_id, request_id, transfer_id, created_at, updated_at)
     SELECT ${walletId('n')}::uuid, ${walletId('wallet')}::uuid, 'acc_bench', 'MXN', amount, 0, ${pick(NAMES.first, 21)} || ' ' || ${pick(NAMES.last, 22)},
            'clabe', '012180' || lpad(n::text, 12, '0'), (${conceptList()})[${drawn(23, CONCEPTS.length)} + 1], 'succeeded', false,
            ${walletId('1')}::uuid, 'bench:' || n, 'tr_bench' || n, effective, posted
     FROM bench WHERE kind = 'withdrawal' ORDER BY n`,
    `SELECT setval('ledger_transactions_id_seq', ${movements}), setval('ledger_entries_id_seq', ${2 * movements}),
            setval('ledger_accounts_id_seq', ${FIRST_WALLET_ACCOUNT + 2 * WALLETS})`,
    `INSERT INTO adjustments (id, from_wallet_id, to_wallet_id, asset, amount, reason, status, requested_by_id, request_id, created_at, updated_at)
     SELECT ${walletId('n')}::uuid, ${walletId('wallet')}::uuid, ${walletId(`${WALLETS} + 1`)}::uuid, 'MXN', amount,
            'Corrección acordada con ' || ${pick(NAMES.first, 61)} || ' ' || ${pick(NAMES.last, 62)}, 'posted', ${walletId('1')}::uuid, 'adjustment:' || n, posted, posted
     FROM bench WHERE kind = 'adjustment' ORDER BY n`,
    ...crowd(customersOf(movements), walletId('0')),
    `INSERT INTO name_words (word) SELECT DISTINCT w.word FROM customers c, unnest(string_to_array(btrim(c.search_text), ' ')) w(word)
     WHERE length(w.word) >= 3`,
    'DROP TABLE bench',
  ];
}

const conceptList = () => `ARRAY[${CONCEPTS.map((concept) => `'${concept}'`).join(',')}]`;

function transferFacts(head: string): string {
  return `${head}, amount, 'MXN', 'acc_bench', ${walletId('wallet')}::uuid,
    CASE WHEN needle THEN '${NEEDLE_NAME}' ELSE ${pick(NAMES.first, 31)} || ' ' || ${pick(NAMES.last, 32)} || ' ' || ${pick(NAMES.last, 33)} END,
    '002180' || lpad(n::text, 12, '0'), 'MOV' || lpad(n::text, 14, '0'), lpad((n % 10000000)::text, 7, '0'),
    (${conceptList()})[${drawn(34, CONCEPTS.length)} + 1], 'webhook', 'test', effective, posted`;
}

/** What was written in bulk keeps the ledger's promises. */
async function check(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`
    SELECT (SELECT sum(amount) FROM ledger_entries) AS sum,
           (SELECT count(*) FROM ledger_accounts WHERE non_negative AND balance < 0) AS negative,
           (SELECT count(*) FROM ledger_accounts a LEFT JOIN ledger_entries e ON e.account_id = a.id AND e.sequence = a.sequence
            WHERE coalesce(e.balance_after, 0) <> a.balance) AS apart`);
  const { sum, negative, apart } = rows[0];
  if (sum !== '0' || negative !== '0' || apart !== '0')
    throw new Error(`The generated books are wrong: ${JSON.stringify(rows[0])}`);
}
