import { createHash } from 'node:crypto';
import { db } from '~/lib/db';
import type { Withdrawal } from '~/prisma/generated/client';

/** The seal of a row as it is now, made as withdrawal_hash() makes it in Postgres. */
export function sealOf(withdrawal: Withdrawal): string {
  const { id, walletId, accountId, asset, amount, feeAmount, destinationKind, destination } = withdrawal;
  const facts = [id, walletId, accountId, asset, amount, feeAmount, destinationKind, destination];
  return createHash('sha256').update(facts.join('\n')).digest('hex');
}

/** What the gate asks of a withdrawal before it leaves. */
export async function isAsApproved({ id }: Pick<Withdrawal, 'id'>): Promise<boolean> {
  const [row] = await db().$queryRaw<{ is: boolean }[]>`
    SELECT withdrawal_is_approved(d) AS is FROM withdrawals d WHERE d.id = ${id}::uuid`;
  return row?.is ?? false;
}
