import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type OperatorActor, system } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { makeKey } from '~/lib/api/keys';
import { clabeCheckDigit } from '~/lib/clabe';
import { db, retried } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { postTransactions } from '~/lib/ledger/post';
import { createOperator } from '~/lib/people/access';
import type { Delivery } from './http-load.ts';
import { ASSET, spreadPosting } from './platform.ts';

export { disconnect } from '~/lib/db';
export { preparePlatform } from './platform.ts';

/** A key that reads wallets and asks for payouts, made by two people as every such key is. */
export async function someKey(): Promise<string> {
  const [admin, approver] = [await somebody('admin'), await somebody('approver')];
  const { id, secret = '' } = await makeKey(admin, {
    name: 'Bench',
    scopes: ['wallets:read', 'withdrawals:write'],
  });
  const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
  await decideApproval(approver, { approvalId, verdict: 'approved' });
  return secret;
}

async function somebody(role: 'admin' | 'approver'): Promise<OperatorActor> {
  const { id, name } = await createOperator(system('setup'), {
    ...{ name: role, email: `${role}@bench.test`, role, locale: 'en', password: randomUUID() },
  });
  return { kind: 'operator', id, name, role };
}

const uuidOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const anyOf = (wallets: number) => uuidOf(Math.floor(Math.random() * wallets));

/** The requests that are measured, each of a wallet drawn by chance. */
export function requests(secret: string, wallets: number) {
  const authorization = `Bearer ${secret}`;
  let serial = 0;
  const get = (path: string): Delivery => ({
    ...{ method: 'GET', path: `/api/v1${path}`, headers: { authorization }, body: '', expected: 200 },
  });
  return {
    balance: () => get(`/wallets/${publicId('wallet', anyOf(wallets))}/balance`),
    list: () => get('/wallets?limit=20&status=open'),
    withdrawal: (): Delivery => {
      serial += 1;
      const first17 = `012180${String(serial).padStart(11, '0')}`;
      // One centavo, so that what a key asks for in a day needs nobody’s approval however long it is measured.
      const body = JSON.stringify({
        ...{ wallet_id: publicId('wallet', anyOf(wallets)), asset: ASSET, amount: '1' },
        ...{ destination: `${first17}${clabeCheckDigit(first17)}`, beneficiary_name: 'Ana López' },
      });
      return {
        path: '/api/v1/withdrawals',
        headers: {
          authorization,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'idempotency-key': randomUUID(),
        },
        ...{ body, expected: 201 },
      };
    },
  };
}

/** What the least that could be would cost: a balance by `pg` alone, and one posting at a time, by as many at once. */
export function references(wallets: number, clients: number) {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: clients });
  return {
    balance: () =>
      pool.query({
        name: 'balance',
        text: 'SELECT bucket, balance FROM ledger_accounts WHERE owner_id = $1 AND asset = $2',
        values: [anyOf(wallets), ASSET],
      }),
    posting: () => retried(() => postTransactions(db(), [spreadPosting()])),
    close: () => pool.end(),
  };
}

/** How many payouts were asked for, and what is set aside for them: equal, as each is of one centavo. */
export async function asked(): Promise<{ withdrawals: number; reserved: bigint }> {
  const [row] = await db().$queryRaw<{ withdrawals: number; reserved: bigint }[]>`
    SELECT (SELECT count(*)::int FROM withdrawals) AS withdrawals,
           (SELECT coalesce(sum(balance), 0)::bigint FROM ledger_accounts WHERE bucket = 'reserved') AS reserved`;
  if (!row) throw new Error('One row is always answered.');
  return row;
}
