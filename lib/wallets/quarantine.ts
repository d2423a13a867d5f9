import { type Actor, authorize, system } from '~/lib/actor';
import { type Act, doUnlessRuled, requireDone } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { type Queue, workOff } from '~/lib/queue';
import { railOf } from '~/lib/rails/registry';
import { mayBeOlder } from '~/lib/standstill/caught-up';
import { oneWallet } from '~/lib/wallets/unless-ruled';
import { type AccountNumber, Prisma } from '~/prisma/generated/client';

/** So long a number waits, disabled, before it is deleted: deleted, its CLABE may become another's. */
export const QUARANTINE_DAYS = 30;
/** Money that came in within so many days says that people still pay to it. */
export const QUIET_DAYS = 90;

const DAY_MS = 86_400_000;

/**
 * Begins the end of a closed wallet's CLABE, or of one that a wallet had before it moved to another account: it is
 * disabled, and after the quarantine the worker deletes it at Fintoc, unless money came or the wallet was opened again.
 * Throws `conflict` for a root number and for one that is in use, `number_in_use` where money came in lately, and
 * `rule_asks` where a rule has somebody else decide first.
 */
export async function quarantineNumber(
  actor: Actor,
  { accountNumberId, reason, requestId }: { accountNumberId: string; reason: string; requestId?: string },
): Promise<AccountNumber> {
  authorize(actor, 'wallets:freeze');
  const { number, waits } = await transaction(async (tx) => {
    const number = await lockNumber(tx, accountNumberId);
    const wallet = number.walletAsset && (await oneWallet(tx, { id: number.walletAsset.walletId }));
    const made = { number: number as AccountNumber };
    const { waits } = await doUnlessRuled(
      tx,
      actor,
      {
        ...{ action: 'number.quarantine', subjectId: number.id, reason },
        ...{ facts: { number: number.number }, known: { ...(wallet && { wallet }) } },
      },
      async (tx, by) => {
        made.number = await quarantineIn(tx, by, number, reason);
      },
      { rehearsed: true, sent: { requestId, content: { reason } } },
    );
    return { ...made, waits };
  });
  requireDone({ waits });
  return number;
}

/** Does what `number.quarantine` asks for, by who decided on it. */
export async function quarantineAsked(tx: Tx, actor: Actor, { subjectId, reason }: Act): Promise<void> {
  await quarantineIn(tx, actor, await lockNumber(tx, subjectId), reason);
}

async function quarantineIn(tx: Tx, actor: Actor, number: Locked, reason: string): Promise<AccountNumber> {
  if (number.quarantineEndsAt) return number;
  requireEndable(number);
  const last = await lastMoneyAt(tx, number);
  if (last && last.getTime() > Date.now() - QUIET_DAYS * DAY_MS)
    throw new DomainError('number_in_use', 'Money came in on it lately.', { limit: String(QUIET_DAYS) });
  const quarantineEndsAt = new Date(Date.now() + QUARANTINE_DAYS * DAY_MS);
  return change(tx, actor, number, { quarantineEndsAt }, 'account_number.quarantined', reason);
}

/** The CLABE stays after all. */
export async function keepNumberAfterAll(
  actor: Actor,
  { accountNumberId, reason }: { accountNumberId: string; reason: string },
): Promise<AccountNumber> {
  authorize(actor, 'wallets:freeze');
  return transaction(async (tx) => {
    const number = await lockNumber(tx, accountNumberId);
    if (!number.quarantineEndsAt || number.status === 'deleted') return number;
    return change(tx, actor, number, { quarantineEndsAt: null }, 'account_number.kept', reason);
  });
}

/** Deletes at Fintoc what was in quarantine to its end. Answers how many were due. */
export async function deleteQuarantined(limit = 10): Promise<number> {
  // By books that are older than the world it may have been kept since, and deleted it never comes back.
  if (await mayBeOlder(db())) return 0;
  const due = Prisma.sql`
    SELECT n.id AS item FROM account_numbers n
    WHERE n.quarantine_ends_at <= now() AND n.status = 'disabled' AND NOT n.is_root AND (
      EXISTS (SELECT 1 FROM wallet_assets h JOIN wallets w ON w.id = h.wallet_id WHERE h.account_number_id = n.id AND w.status = 'closed')
      OR EXISTS (SELECT 1 FROM pattern_moves m WHERE m.from_number_id = n.id AND m.state = 'moved'))
    ORDER BY n.id`;
  return workOff(DELETION, due, limit, ({ item }) => deleteNumber(item));
}

const DELETION: Queue = {
  name: 'account_number_deletions',
  leaseSeconds: 60,
  backoff: { firstMs: 10_000, mostMs: 60 * 60_000 },
};

async function deleteNumber(id: string): Promise<void> {
  const number = await db().accountNumber.findUniqueOrThrow({ where: { id } });
  const last = await lastMoneyAt(db(), number);
  if (last && last.getTime() > Date.now() - QUIET_DAYS * DAY_MS) {
    await transaction(async (tx) => {
      const locked = await lockNumber(tx, id);
      await change(
        tx,
        system('sync'),
        locked,
        { quarantineEndsAt: null },
        'account_number.kept',
        'number_in_use',
      );
    });
    return;
  }
  await railOf(number.accountId).deleteNumber(id);
  await transaction(async (tx) => {
    const locked = await lockNumber(tx, id);
    await change(tx, system('sync'), locked, { status: 'deleted' }, 'account_number.deleted', null);
  });
}

type Locked = AccountNumber & {
  walletAsset: { walletId: string; wallet: { status: string } } | null;
  isFormer: boolean;
};

async function lockNumber(tx: Tx, id: string): Promise<Locked> {
  await lockRow(tx, 'account_numbers', id);
  const number = await tx.accountNumber.findUnique({
    where: { id },
    include: { walletAsset: { select: { walletId: true, wallet: { select: { status: true } } } } },
  });
  if (!number) throw notFound('account_number', id);
  const former = { fromNumberId: id, state: 'moved' } as const;
  return { ...number, isFormer: (await tx.patternMove.count({ where: former })) > 0 };
}

function requireEndable({ isRoot, status, walletAsset, isFormer }: Locked): void {
  if (isRoot || !(isFormer || walletAsset?.wallet.status === 'closed') || status === 'deleted')
    throw new DomainError('conflict', 'Only a closed wallet’s own number is deleted.', { status });
}

/** When money last came to it, by what Fintoc says of the number and by what came here. */
async function lastMoneyAt(
  client: Pick<Tx, 'transfer'>,
  { id, lastTransferAt }: AccountNumber,
): Promise<Date | null> {
  const last = await client.transfer.findFirst({
    where: { accountNumberId: id, direction: 'inbound' },
    orderBy: { transactedAt: 'desc' },
    select: { transactedAt: true },
  });
  const [newest] = [lastTransferAt, last?.transactedAt ?? null]
    .filter((at) => at !== null)
    .sort((one, other) => other.getTime() - one.getTime());
  return newest ?? null;
}

async function change(
  tx: Tx,
  actor: Actor,
  before: AccountNumber,
  data: { quarantineEndsAt: Date | null } | { status: 'deleted' },
  action: 'account_number.quarantined' | 'account_number.kept' | 'account_number.deleted',
  reason: string | null,
): Promise<AccountNumber> {
  const after = await tx.accountNumber.update({ where: { id: before.id }, data });
  const facts = ({ status, quarantineEndsAt }: AccountNumber) => ({ status, quarantineEndsAt });
  await recordAudit(tx, actor, {
    action,
    subject: 'account_number',
    id: before.id,
    before: facts(before),
    after: facts(after),
    ...(reason && { reason }),
  });
  return after;
}
