import { generateKeyPairSync } from 'node:crypto';
import pg from 'pg';
import { db, retried } from '~/lib/db';
import { NO_CEILINGS } from '~/lib/ledger/ceilings';
import { cash, type WalletRef, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransactions } from '~/lib/ledger/post';
import { VAULT_KEYS } from './vault-keys.ts';

/** A platform for the benches to move money on: pattern A wallets that share one Fintoc account. */
export const ASSET = 'MXN';
export const ACCOUNT_ID = 'acc_bench';
const START_AMOUNT = 1_000_000n;
const FUNDED_AT_ONCE = 1_000;
/** Stored events wait as if they had come one after the other, so many a second. */
const ARRIVALS_PER_SECOND = 2_000;

// A configuration that parses; nothing here speaks to Fintoc.
Object.assign(process.env, {
  NEXTAUTH_URL: 'http://127.0.0.1:3000',
  NEXTAUTH_SECRET: 'only for measuring, never for signing',
  SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  VAULT_KEYS,
  FINTOC_SECRET_KEY: 'sk_test_bench',
  DATABASE_POOL_SIZE: '40',
  FINTOC_JWS_PRIVATE_KEY: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
});

let walletCount = 0;
let serial = 0;
const tag = `${process.pid}x${Date.now().toString(36)}`;

/** Open wallets with their CLABEs and something on them: what spread postings move and deposits are for. */
export async function preparePlatform(wallets: number): Promise<void> {
  walletCount = wallets;
  await db().$executeRaw`
    INSERT INTO entities (id, holder_name, holder_id, is_root, mode, raw, synced_at)
    VALUES ('ent_bench', 'Plataforma', 'ND', true, 'test', '{}', now())`;
  await db().$executeRaw`
    INSERT INTO accounts (id, entity_id, asset, available_balance, is_root, root_account_number, status, mode, raw, synced_at)
    VALUES (${ACCOUNT_ID}, 'ent_bench', ${ASSET}, 0, false, '735969999999999999', 'active', 'test', '{}', now())`;
  await db().$executeRaw`
    INSERT INTO account_numbers (id, account_id, number, status, is_root, mode, metadata, raw, synced_at)
    SELECT 'acno_' || n, ${ACCOUNT_ID}, '735969' || lpad(n::text, 12, '0'), 'enabled', false, 'test', '{}', '{}', now()
    FROM generate_series(0, ${wallets - 1}) n`;
  await db().$executeRaw`
    INSERT INTO wallet_terms (id, name, asset, updated_at) VALUES (gen_random_uuid(), 'bench', ${ASSET}, now())`;
  await db().$executeRaw`
    INSERT INTO wallets (id, kind, status, name, updated_at)
    SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'customer', 'open', 'Wallet ' || n, now()
    FROM generate_series(0, ${wallets - 1}) n`;
  await db().$executeRaw`
    INSERT INTO wallet_assets (wallet_id, asset, state, terms_id, rail, pattern, account_id, account_number_id, updated_at)
    SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ${ASSET}, 'open', t.id, 'fintoc', 'A',
           ${ACCOUNT_ID}, 'acno_' || n, now()
    FROM generate_series(0, ${wallets - 1}) n, wallet_terms t WHERE t.name = 'bench'`;
  for (let first = 0; first < wallets; first += FUNDED_AT_ONCE) {
    const count = Math.min(FUNDED_AT_ONCE, wallets - first);
    const opening = Array.from({ length: count }, (_, nth) => openingDeposit(walletOf(first + nth)));
    await retried(() => postTransactions(db(), opening));
  }
  await asOwner('VACUUM ANALYZE');
}

/** Stores as many deposits' events as `count`, as the webhook route would have, each for a wallet drawn by chance. */
export async function storeDeposits(count: number): Promise<void> {
  serial += 1;
  await db().$executeRaw`
    INSERT INTO inbox_events (id, type, object_id, mode, headers, body, occurred_at, next_attempt_at, verified_by)
    SELECT 'evt_' || k.key, 'transfer.inbound.succeeded', 'tr_' || k.key, 'test', '{"user-agent":"Fintoc"}',
      json_build_object('id', 'evt_' || k.key, 'object', 'event', 'type', 'transfer.inbound.succeeded', 'mode', 'test',
        'created_at', k.at, 'data', json_build_object(
          'object', 'transfer', 'id', 'tr_' || k.key, 'amount', 10000 + n, 'currency', ${ASSET}::text, 'direction', 'inbound',
          'status', 'succeeded', 'transaction_date', k.at, 'post_date', k.at, 'comment', 'Factura ' || n,
          'reference_id', '150195', 'tracking_key', '2026112190735' || k.key, 'receipt_url', null, 'mode', 'test',
          'counterparty', json_build_object('holder_id', 'MUAD800101AB1', 'holder_name', 'Ana Muñoz ' || n,
            'account_number', '631969456789123456', 'account_type', 'clabe',
            'institution', json_build_object('id', '90631', 'name', 'CI BOLSA', 'country', 'mx')),
          'account_number', json_build_object('id', 'acno_' || k.wallet, 'account_id', ${ACCOUNT_ID}::text, 'description', null,
            'number', '735969' || lpad(k.wallet::text, 12, '0'), 'created_at', k.at, 'mode', 'test', 'status', 'enabled',
            'is_root', false, 'metadata', json_build_object('customer_id', k.wallet, 'wallet_id', null)),
          'metadata', '{}'::json, 'return_reason', null))::text,
      now(), now() - make_interval(secs => (${count} - n) / ${ARRIVALS_PER_SECOND}::float8), 'environment'
    FROM generate_series(1, ${count}) n, LATERAL (
      SELECT ${`${tag}${serial}n`}::text || n AS key, floor(random() * ${walletCount}::int)::int AS wallet,
             to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at) k`;
  await asOwner('ANALYZE inbox_events');
}

/** The app's role may neither vacuum nor analyze. */
async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A deposit: every one meets the same cash account. */
export function hotPosting(): Posting {
  return posting([
    debit(cash(ACCOUNT_ID, ASSET), 100n),
    credit(walletAccount(someWallet(), 'available'), 100n),
  ]);
}

/** A movement between two wallets drawn by chance. */
export function spreadPosting(): Posting {
  const [from, to] = [someWallet(), someWallet()];
  return from.id === to.id
    ? spreadPosting()
    : posting([debit(walletAccount(from, 'available'), 1n), credit(walletAccount(to, 'available'), 1n)]);
}

/** The same where the wallet that gives has a limit of a day, a week and a month, and uses some of each. */
export function limitedPosting(): Posting {
  const plain = spreadPosting();
  const [given] = plain.lines;
  if (!given) throw new Error('A posting has lines.');
  const most = 9_000_000_000_000_000n;
  return {
    ...plain,
    use: {
      ...{
        account: given.account,
        direction: 'outbound',
        amount: given.amount,
        timeZone: 'America/Mexico_City',
      },
      ceilings: { ...NO_CEILINGS, dayAmount: most, dayCount: most, weekAmount: most, monthAmount: most },
    },
  };
}

function posting(lines: Posting['lines']): Posting {
  serial += 1;
  const cause = { kind: 'transfer', id: `bench:${tag}:${serial}`, step: 'bench' } as const;
  return { cause, kind: 'adjustment', effectiveAt: new Date(), lines };
}

function openingDeposit(wallet: WalletRef): Posting {
  return posting([
    debit(cash(ACCOUNT_ID, ASSET), START_AMOUNT),
    credit(walletAccount(wallet, 'available'), START_AMOUNT),
  ]);
}

function someWallet(): WalletRef {
  return walletOf(Math.floor(Math.random() * walletCount));
}

function walletOf(number: number): WalletRef {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { id, kind: 'customer', houseRole: null, asset: ASSET };
}

/** Where wallets were prepared by somebody else. */
export function setWalletCount(count: number): void {
  walletCount = count;
}
