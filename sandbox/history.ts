import { FintocError, missingResource } from '~/sandbox/http/errors';
import { newId } from '~/sandbox/ids';
import type { Direction } from '~/sandbox/lifecycle';
import { type Db, now, row, type Sandbox } from '~/sandbox/state';
import type { MovementRow } from '~/sandbox/views';

/** What no bank should do: change what an account's movements told before. */

/** Whether the balance that the account states follows what is changed in its movements. */
type Told = { stated: boolean };

/** Takes a movement away. The balances of the later ones are as if it had never been. */
export async function retractMovement(db: Db, id: string, { stated }: Told): Promise<MovementRow> {
  const found = await row<{ account_id: string }>(
    db,
    'select account_id from sandbox.movements where id = $1',
    [id],
  );
  if (!found) throw missingResource('movement', id);
  await lockAccount(db, found.account_id);
  const movement = await row<MovementRow & { seq: string }>(
    db,
    'delete from sandbox.movements where id = $1 returning *',
    [id],
  );
  if (!movement) throw missingResource('movement', id);
  await shift(db, movement, movement.seq, -signed(movement), stated);
  return movement;
}

export interface LateMovement {
  accountId: string;
  direction: Direction;
  amount: bigint;
  currency: string;
  type: string;
  resourceId: string | null;
  /** Of a movement that was there before and comes back. */
  id?: string | undefined;
  /** How many newer ones it appears behind. */
  behind: number;
}

/** Puts a movement behind newer ones, as old as the oldest of them. The balances of those follow. */
export async function insertBehind(
  sandbox: Sandbox,
  db: Db,
  late: LateMovement,
  { stated }: Told,
): Promise<string> {
  const { accountId, direction, amount, currency, type, resourceId, behind } = late;
  await lockAccount(db, accountId);
  const newer = await neighbour(db, accountId, behind - 1);
  if (!newer) throw refused(`The account has fewer than ${behind} movements.`);
  const older = await neighbour(db, accountId, behind);
  const id = late.id ?? newId('mov', now(sandbox));
  const by = direction === 'inbound' ? amount : -amount;
  const stored = await row<{ seq: string }>(
    db,
    `insert into sandbox.movements
       (seq, id, account_id, direction, type, amount, balance, currency, resource_id, transaction_date)
     -- Between two neighbours of all accounts, since all share the numbers: halfway to one's own may be another's.
     select (coalesce((select max(seq) from sandbox.movements where seq < $1::numeric), $1::numeric - 2) + $1::numeric) * 0.5,
       $2, $3, $4, $5, $6, $7, $8, $9, $10
     where $7::bigint >= 0 and not exists (select 1 from sandbox.movements where id = $2) returning seq`,
    [
      ...[newer.seq, id, accountId, direction, type],
      ...[amount, (older?.balance ?? 0n) + by, currency, resourceId, newer.transaction_date],
    ],
  );
  if (!stored) throw refused('There is a movement of that id, or the account had less than that then.');
  await shift(db, { account_id: accountId }, stored.seq, by, stated);
  return id;
}

/** Moves a movement behind so many that are older than it. */
export async function moveBehind(sandbox: Sandbox, db: Db, id: string, behind: number): Promise<void> {
  const movement = await retractMovement(db, id, { stated: true });
  const { account_id: accountId, resource_id: resourceId, ...rest } = movement;
  await insertBehind(sandbox, db, { ...rest, accountId, resourceId, behind }, { stated: true });
}

/** Sets the balance that the account states off by an amount, of which no movement tells. */
export async function misstate(db: Db, accountId: string, by: bigint): Promise<void> {
  await db.query('update sandbox.accounts set stated_offset = stated_offset + $2 where id = $1', [
    accountId,
    by,
  ]);
}

async function shift(
  db: Db,
  { account_id }: { account_id: string },
  seq: string,
  by: bigint,
  stated: boolean,
): Promise<void> {
  const short = await row(
    db,
    'select 1 from sandbox.movements where account_id = $1 and seq > $2 and balance + $3 < 0 limit 1',
    [account_id, seq, by],
  );
  const account = await row<{ balance: bigint }>(db, 'select balance from sandbox.accounts where id = $1', [
    account_id,
  ]);
  if (short || (account?.balance ?? 0n) + by < 0n)
    throw refused('The account has spent it: without it a balance would be below zero.');
  await db.query('update sandbox.movements set balance = balance + $3 where account_id = $1 and seq > $2', [
    account_id,
    seq,
    by,
  ]);
  await db.query(
    'update sandbox.accounts set balance = balance + $2, stated_offset = stated_offset - $3 where id = $1',
    [account_id, by, stated ? 0n : by],
  );
}

function neighbour(db: Db, accountId: string, newer: number) {
  return row<MovementRow & { seq: string }>(
    db,
    'select * from sandbox.movements where account_id = $1 order by seq desc offset $2 limit 1',
    [accountId, newer],
  );
}

async function lockAccount(db: Db, id: string): Promise<void> {
  await db.query('select 1 from sandbox.accounts where id = $1 for no key update', [id]);
}

function signed({ direction, amount }: MovementRow): bigint {
  return direction === 'inbound' ? amount : -amount;
}

function refused(message: string): FintocError {
  return new FintocError(409, 'invalid_request', message);
}
