import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { type Queue, workOff } from '~/lib/queue';
import { railOf } from '~/lib/rails/registry';
import { mayBeOlder } from '~/lib/standstill/caught-up';
import { keepNumber } from '~/lib/wallets/account-numbers';
import { type AccountNumber, Prisma } from '~/prisma/generated/client';

/**
 * Brings the CLABEs of frozen, closed and reopened wallets, and of assets whose opening was cancelled, to the state that their wallet asks for: Fintoc sends back
 * what comes to a disabled one. Of a frozen wallet whose deposits wait in suspense it stays enabled. Root numbers can't
 * be disabled; what arrives there for such a wallet goes to suspense. So are those that a wallet had before it moved, which
 * receive on until they are given up.
 */
export async function alignAccountNumbers(limit = 20): Promise<number> {
  // By books that are older than the world it would open what was closed since.
  if (await mayBeOlder(db())) return 0;
  const due = Prisma.sql`
    SELECT n.id AS item FROM account_numbers n JOIN wallet_assets h ON h.account_number_id = n.id JOIN wallets w ON w.id = h.wallet_id
    WHERE NOT n.is_root AND CASE n.status
      WHEN 'enabled' THEN h.state = 'cancelled' OR w.status = 'closed' OR (w.status = 'frozen' AND w.frozen_deposits = 'refuse')
      WHEN 'disabled' THEN h.state = 'open' AND (w.status = 'open' OR (w.status = 'frozen' AND w.frozen_deposits IS DISTINCT FROM 'refuse')) END
    UNION ALL SELECT n.id FROM account_numbers n JOIN pattern_moves m ON m.from_number_id = n.id AND m.switched_at IS NOT NULL
    JOIN wallets w ON w.id = m.wallet_id
    WHERE NOT n.is_root AND CASE n.status
      WHEN 'enabled' THEN n.quarantine_ends_at IS NOT NULL OR w.status = 'closed' OR (w.status = 'frozen' AND w.frozen_deposits = 'refuse')
      WHEN 'disabled' THEN n.quarantine_ends_at IS NULL AND (w.status = 'open' OR (w.status = 'frozen' AND w.frozen_deposits IS DISTINCT FROM 'refuse')) END
    ORDER BY 1`;
  return workOff(ALIGNMENT, due, limit, async ({ item: id }) =>
    alignAccountNumber(await db().accountNumber.findUniqueOrThrow({ where: { id } })),
  );
}

/** One that Fintoc won't change now is asked for again ever more rarely. */
const ALIGNMENT: Queue = {
  name: 'account_numbers',
  leaseSeconds: 60,
  backoff: { firstMs: 2_000, mostMs: 5 * 60_000 },
};

async function alignAccountNumber({ id, accountId, status }: AccountNumber): Promise<void> {
  const wanted = status === 'enabled' ? 'disabled' : 'enabled';
  const changed = await railOf(accountId).setNumber(id, wanted);
  await transaction(async (tx) => {
    await keepNumber(tx, changed);
    await recordAudit(tx, system('sync'), {
      action: `account_number.${wanted}`,
      subject: 'account_number',
      id,
      before: { status },
      after: { status: changed.status },
    });
  });
}
