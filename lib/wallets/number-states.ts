import { type Actor, authorize, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { type Queue, workOff } from '~/lib/queue';
import { isRefusal } from '~/lib/rails/failures';
import { railOf } from '~/lib/rails/registry';
import { mayBeOlder } from '~/lib/standstill/caught-up';
import { keepNumber } from '~/lib/wallets/account-numbers';
import { takes } from '~/lib/wallets/frozen';
import { type AccountNumber, Prisma } from '~/prisma/generated/client';

/**
 * Brings the CLABEs of frozen, closed and reopened wallets, and of assets whose opening was cancelled, to the state that their wallet asks for: Fintoc sends back
 * what comes to a disabled one. Of a frozen wallet whose deposits wait in suspense it stays enabled. Root numbers can't
 * be disabled; what arrives there for such a wallet goes to suspense. So are those that a wallet had before it moved, which
 * receive on until they are given up. What somebody disabled at Fintoc stays so until a person says otherwise: it may be
 * for a fraud that nobody here knows of.
 */
export async function alignAccountNumbers(limit = 20): Promise<number> {
  // By books that are older than the world it would open what was closed since.
  if (await mayBeOlder(db())) return 0;
  const due = Prisma.sql`
    SELECT n.id AS item FROM account_numbers n JOIN wallet_assets h ON h.account_number_id = n.id JOIN wallets w ON w.id = h.wallet_id
    WHERE NOT n.is_root AND CASE n.status
      WHEN 'enabled' THEN h.state = 'cancelled' OR w.status = 'closed' OR (w.status = 'frozen' AND w.frozen_deposits = 'refuse')
      WHEN 'disabled' THEN n.disabled_here_at IS NOT NULL AND h.state = 'open' AND (w.status = 'open' OR (w.status = 'frozen' AND w.frozen_deposits IS DISTINCT FROM 'refuse')) END
    UNION ALL SELECT n.id FROM account_numbers n JOIN pattern_moves m ON m.from_number_id = n.id AND m.switched_at IS NOT NULL
    JOIN wallets w ON w.id = m.wallet_id
    WHERE NOT n.is_root AND CASE n.status
      WHEN 'enabled' THEN n.quarantine_ends_at IS NOT NULL OR w.status = 'closed' OR (w.status = 'frozen' AND w.frozen_deposits = 'refuse')
      WHEN 'disabled' THEN n.disabled_here_at IS NOT NULL AND n.quarantine_ends_at IS NULL AND (w.status = 'open' OR (w.status = 'frozen' AND w.frozen_deposits IS DISTINCT FROM 'refuse')) END
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
  // Before it is asked for: the word of it may be here before the answer.
  if (wanted === 'disabled') await noteOurs(id);
  const changed = await railOf(accountId)
    .setNumber(id, wanted)
    .catch(async (error: unknown) => {
      if (wanted === 'disabled' && isRefusal(error))
        await db().accountNumber.update({ where: { id }, data: NOT_OURS });
      throw error;
    });
  await transaction(async (tx) => {
    await keepNumber(tx, changed);
    if (changed.status === 'enabled') await tx.accountNumber.update({ where: { id }, data: NOT_OURS });
    await recordAudit(tx, system('sync'), {
      action: `account_number.${wanted}`,
      subject: 'account_number',
      id,
      before: { status },
      after: { status: changed.status },
    });
  });
}

const NOT_OURS = { disabledHereAt: null };

/** Of one that somebody disabled meanwhile it is theirs. */
async function noteOurs(id: string): Promise<void> {
  await db().accountNumber.updateMany({
    where: { id, status: 'enabled' },
    data: { disabledHereAt: new Date() },
  });
}

/** Whether somebody else than we had it be disabled. */
export function isDisabledElsewhere({
  status,
  disabledHereAt,
}: Pick<AccountNumber, 'status' | 'disabledHereAt'>): boolean {
  return status === 'disabled' && disabledHereAt === null;
}

/**
 * A person's word that a number may receive again which somebody disabled at Fintoc. The worker enables it, as soon as its
 * wallet lets it. Said again, or of one that isn't disabled, it changes nothing. Throws `wallet_not_open` where its wallet
 * takes no deposits.
 */
export async function enableNumber(
  actor: Actor,
  { accountNumberId: id, reason }: { accountNumberId: string; reason: string },
): Promise<AccountNumber> {
  authorize(actor, 'wallets:freeze');
  return transaction(async (tx) => {
    await lockRow(tx, 'account_numbers', id);
    const before = await tx.accountNumber.findUnique({
      where: { id },
      include: { walletAsset: { select: { wallet: true } } },
    });
    if (!before) throw notFound('account_number', id);
    const { walletAsset, ...number } = before;
    if (!isDisabledElsewhere(number)) return number;
    const wallet = walletAsset?.wallet;
    if (wallet && !takes(wallet))
      throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
    const after = await tx.accountNumber.update({ where: { id }, data: { disabledHereAt: new Date() } });
    await recordAudit(tx, actor, {
      ...{ action: 'account_number.enable_asked', subject: 'account_number', id, reason },
      before: { status: before.status },
      after: { status: after.status },
    });
    return after;
  });
}
