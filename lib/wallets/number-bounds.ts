import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { lockRow } from '~/lib/lock';
import { type Queue, workOff } from '~/lib/queue';
import type { NumberBounds } from '~/lib/rails/rail';
import { railOf } from '~/lib/rails/registry';
import { depositBounds } from '~/lib/terms/limits';
import { keepNumber } from '~/lib/wallets/account-numbers';
import { Prisma } from '~/prisma/generated/client';

/**
 * Brings the bounds of account numbers to what their wallets' terms say now: what is under or over them the rail sends back
 * by itself. Bounds that nobody here set stay, and so do those of root numbers. Answers how many were due.
 */
export function alignNumberBounds(limit = 20): Promise<number> {
  const due = Prisma.sql`
    SELECT n.id AS item FROM account_numbers n
    JOIN wallet_assets h ON h.account_number_id = n.id JOIN wallet_terms t ON t.id = h.terms_id
    WHERE NOT n.is_root AND n.status IN ('enabled', 'disabled')
      AND (t.deposits_refused_by_rail OR n.bound_min IS NOT NULL OR n.bound_max IS NOT NULL)
      AND (n.bound_min IS DISTINCT FROM CASE WHEN t.deposits_refused_by_rail THEN t.deposit_min_amount END
        OR n.bound_max IS DISTINCT FROM CASE WHEN t.deposits_refused_by_rail THEN t.deposit_max_amount END)
    ORDER BY n.id`;
  return workOff(BOUNDING, due, limit, ({ item }) => bound(item));
}

/** One that the rail won't change now is asked for again ever more rarely. */
const BOUNDING: Queue = {
  name: 'account_number_bounds',
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 10 * 60_000 },
};

/** Asked twice, the rail has the same bounds as asked once. */
async function bound(id: string): Promise<void> {
  const { accountId, walletAsset } = await db().accountNumber.findUniqueOrThrow({
    where: { id },
    include: { walletAsset: { select: { termsId: true } } },
  });
  if (!walletAsset) return;
  const wanted = (await depositBounds(db(), walletAsset)) ?? { min: null, max: null };
  const changed = await railOf(accountId).boundNumber(id, wanted);
  await transaction(async (tx) => {
    await keepNumber(tx, changed);
    await noteBounds(tx, id, wanted);
  });
}

/** Writes down what the rail was told. */
async function noteBounds(tx: Tx, id: string, { min, max }: NumberBounds): Promise<void> {
  await lockRow(tx, 'account_numbers', id);
  const { boundMin, boundMax } = await tx.accountNumber.findUniqueOrThrow({ where: { id } });
  await tx.accountNumber.update({ where: { id }, data: { boundMin: min, boundMax: max } });
  await recordAudit(tx, system('sync'), {
    action: 'account_number.bounded',
    subject: 'account_number',
    id,
    before: { min: boundMin, max: boundMax },
    after: { min, max },
  });
}
