import { generateKeyPairSync } from 'node:crypto';
import { db } from '~/lib/db';
import { cash, type WalletRef, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting } from '~/lib/ledger/post';

export { transaction } from '~/lib/db';
export { postTransactions } from '~/lib/ledger/post';

const ASSET = 'MXN';
const START_AMOUNT = 1_000_000n;
const bank = cash('acc_bench', ASSET);
let walletCount = 0;
let serial = 0;

// A configuration that parses; nothing here speaks to Fintoc.
Object.assign(process.env, {
  NEXTAUTH_URL: 'http://127.0.0.1:3000',
  NEXTAUTH_SECRET: 'only for measuring, never for signing',
  SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  FINTOC_SECRET_KEY: 'sk_test_bench',
  DATABASE_POOL_SIZE: '40',
  FINTOC_JWS_PRIVATE_KEY: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
});

/** Wallets' ledger accounts, each with something on it, so that spread postings have what to move. */
export async function prepareLedger(wallets: number): Promise<void> {
  walletCount = wallets;
  await db().$executeRaw`
    INSERT INTO ledger_accounts (code, asset, side, bucket, owner_id, non_negative, balance)
    SELECT 'wallet/' || id || '/available', ${ASSET}, 'credit', 'available', id, true, ${START_AMOUNT}
    FROM (SELECT '00000000-0000-4000-8000-' || lpad(n::text, 12, '0') AS id FROM generate_series(0, ${wallets - 1}) n) w`;
  await db().$executeRawUnsafe('VACUUM ANALYZE ledger_accounts');
}

/** A deposit: every one meets the same cash account. */
export function hotPosting(): Posting {
  return posting([debit(bank, 100n), credit(walletAccount(someWallet(), 'available'), 100n)]);
}

/** A movement between two wallets drawn by chance. */
export function spreadPosting(): Posting {
  const [from, to] = [someWallet(), someWallet()];
  return from.id === to.id
    ? spreadPosting()
    : posting([debit(walletAccount(from, 'available'), 1n), credit(walletAccount(to, 'available'), 1n)]);
}

function posting(lines: Posting['lines']): Posting {
  serial += 1;
  return { source: `bench:${process.pid}:${serial}`, kind: 'bench', effectiveAt: new Date(), lines };
}

function someWallet(): WalletRef {
  const number = Math.floor(Math.random() * walletCount);
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { id, kind: 'customer', houseRole: null, asset: ASSET };
}
