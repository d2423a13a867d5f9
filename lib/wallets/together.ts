import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { momentOf } from '~/lib/until';
import { noteAct } from '~/lib/wallets/acts';
import { both, freezeOf, isSameFreeze } from '~/lib/wallets/frozen';
import {
  closeIn,
  type FreezeAsked,
  freezeIn,
  type NewFreeze,
  requireFuture,
  unfreezeIn,
} from '~/lib/wallets/status';
import { unlessRuled } from '~/lib/wallets/unless-ruled';
import type { Wallet } from '~/prisma/generated/client';

/** Whose wallets are acted on as one: a customer's, or a portfolio's. */
export type Whole = { subject: 'customer' | 'portfolio'; id: string };

/** Of a whole, which of its wallets were changed. */
export type Together = { id: string; walletIds: string[] };

/** Freezes every open wallet, and stops what the frozen ones still let through. */
export async function freezeTogether(
  actor: Actor,
  whole: Whole,
  { requestId, ...wanted }: FreezeAsked,
): Promise<Together> {
  authorize(actor, 'wallets:freeze');
  const freeze = { ...wanted, until: momentOf(wanted.until) };
  requireFuture(freeze.until);
  const { reason, direction, until, deposits } = freeze;
  const sent = { requestId, content: wanted };
  return ruled(actor, 'wallet.freeze', whole, { reason, direction, until, deposits, ...sent }, (tx, by) =>
    onceAsked(tx, by, 'wallet.freeze_together', { requestId, ...whole, ...wanted }, () =>
      freezeTogetherIn(tx, by, whole, freeze),
    ),
  );
}

/** Asked again under its id it stays done, also where somebody has undone it since. */
function onceAsked(
  tx: Tx,
  actor: Actor,
  act: `wallet.${string}`,
  { requestId, ...content }: { id: string; reason: string; requestId?: string | undefined },
  change: () => Promise<Together>,
): Promise<Together> {
  return once(tx, actor, { act, requestId, content }, async (id) => ({ id, walletIds: [] }), change);
}

export function freezeTogetherIn(tx: Tx, actor: Actor, whole: Whole, freeze: NewFreeze): Promise<Together> {
  const asked = { direction: freeze.direction ?? 'both', until: freeze.until ?? null };
  return act(tx, actor, whole, 'frozen', freeze, {
    isDue: (wallet) => {
      const standing = freezeOf(wallet);
      return (
        wallet.status === 'open' || (standing !== null && !isSameFreeze(standing, both(standing, asked)))
      );
    },
    change: (tx, { id: walletId }, partOf) => freezeIn(tx, actor, { ...freeze, walletId, partOf }),
  });
}

/** Lifts what a freeze of the whole stopped. What was frozen by itself stays frozen. */
export async function unfreezeTogether(
  actor: Actor,
  whole: Whole,
  { reason, requestId }: { reason: string; requestId?: string },
): Promise<Together> {
  authorize(actor, 'wallets:freeze');
  return ruled(actor, 'wallet.unfreeze', whole, { reason, requestId }, (tx, by) =>
    onceAsked(tx, by, 'wallet.unfreeze_together', { requestId, ...whole, reason }, () =>
      unfreezeTogetherIn(tx, by, whole, { reason }),
    ),
  );
}

export function unfreezeTogetherIn(
  tx: Tx,
  actor: Actor,
  whole: Whole,
  { reason }: { reason: string },
): Promise<Together> {
  return act(
    tx,
    actor,
    whole,
    'unfrozen',
    { reason },
    {
      isDue: async ({ id, status }, tx) => status === 'frozen' && (await wasFrozenBy(tx, id, whole)),
      change: (tx, { id: walletId }, partOf) => unfreezeIn(tx, actor, { walletId, reason, partOf }),
    },
  );
}

/** Closes all wallets of a customer, or none: what stands in the way of one is told with its name. */
export async function closeTogether(
  actor: Actor,
  customerId: string,
  closing: Closing & { requestId?: string },
): Promise<Together> {
  authorize(actor, 'wallets:freeze');
  return ruled(actor, 'wallet.close', { subject: 'customer', id: customerId }, closing, (tx, by) =>
    onceAsked(tx, by, 'wallet.close_together', { id: customerId, ...closing }, () =>
      closeTogetherIn(tx, by, customerId, closing),
    ),
  );
}

type Closing = { reason: string; closedBy: 'platform' | 'customer' };

export function closeTogetherIn(
  tx: Tx,
  actor: Actor,
  customerId: string,
  { reason, closedBy }: Closing,
): Promise<Together> {
  return act(
    tx,
    actor,
    { subject: 'customer', id: customerId },
    'closed',
    { reason, closedBy },
    {
      isDue: ({ status, name }) => {
        if (status === 'opening') throw new DomainError('conflict', `${name} is opening.`, { status, name });
        return status !== 'closed';
      },
      change: (tx, { id: walletId, name }, partOf) =>
        closeIn(tx, actor, { walletId, reason, closedBy, partOf }).catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error;
          throw new DomainError(error.code, `${name}: ${error.message}`, { ...error.details, name });
        }),
    },
  );
}

type Asked = NewFreeze & { closedBy?: 'platform' | 'customer' };

/** At once, or once somebody else decided so where a rule has it: it throws `rule_asks` then. */
function ruled(
  actor: Actor,
  action: 'wallet.freeze' | 'wallet.unfreeze' | 'wallet.close',
  { subject: of, id }: Whole,
  { reason, requestId, content, ...facts }: Asked & { requestId?: string | undefined; content?: object },
  does: (tx: Tx, actor: Actor) => Promise<Together>,
): Promise<Together> {
  return unlessRuled(actor, { action, of, id, reason, facts, requestId, ...(content && { content }) }, does);
}

type Name = 'frozen' | 'unfrozen' | 'closed';
type How = {
  isDue: (wallet: Wallet, tx: Tx) => boolean | Promise<boolean>;
  change: (tx: Tx, wallet: Wallet, partOf: bigint) => Promise<unknown>;
};

/** One act on the whole, and of it an act on each wallet that is due, under their locks in the order of their ids. */
async function act(
  tx: Tx,
  actor: Actor,
  whole: Whole,
  name: Name,
  facts: Asked,
  how: How,
): Promise<Together> {
  const customerId = await customerOf(tx, whole);
  await lockRow(tx, 'customers', customerId);
  const of = whole.subject === 'customer' ? { customerId } : { portfolioId: whole.id };
  const due: Wallet[] = [];
  for (const { id } of await tx.wallet.findMany({
    where: of,
    orderBy: { id: 'asc' },
    select: { id: true },
  })) {
    await lockRow(tx, 'wallets', id);
    const wallet = await tx.wallet.findUniqueOrThrow({ where: { id } });
    if (await how.isDue(wallet, tx)) due.push(wallet);
  }
  const walletIds = due.map(({ id }) => id);
  if (due.length === 0) return { id: whole.id, walletIds };
  const partOf = await noteAct(tx, actor, {
    ...{ subjectType: whole.subject, subjectId: whole.id, act: name, reason: facts.reason },
    ...(name === 'frozen' && { direction: facts.direction ?? 'both', untilAt: facts.until ?? null }),
    ...(name === 'closed' && { closedBy: facts.closedBy ?? null }),
  });
  for (const wallet of due) await how.change(tx, wallet, partOf);
  await recordAudit(tx, actor, {
    ...auditOf(whole, name, customerId),
    after: {
      count: due.length,
      ...(whole.subject === 'portfolio' && { portfolioId: whole.id }),
      ...(name === 'frozen' && { frozenDirection: facts.direction ?? 'both' }),
      ...(facts.until && { frozenUntil: facts.until }),
      ...(facts.closedBy && { closedBy: facts.closedBy }),
    },
    reason: facts.reason,
  });
  return { id: whole.id, walletIds };
}

/** Portfolios are told of by their customer. */
function auditOf({ subject }: Whole, name: Name, customerId: string) {
  const of = { subject: 'customer', id: customerId } as const;
  if (name === 'closed') return { action: 'customer.closed', ...of } as const;
  if (subject === 'customer')
    return { action: name === 'frozen' ? 'customer.frozen' : 'customer.unfrozen', ...of } as const;
  return { action: name === 'frozen' ? 'portfolio.frozen' : 'portfolio.unfrozen', ...of } as const;
}

async function customerOf(tx: Tx, { subject, id }: Whole): Promise<string> {
  const row =
    subject === 'customer'
      ? await tx.customer.findUnique({ where: { id }, select: { id: true } })
      : await tx.portfolio.findUnique({ where: { id }, select: { customerId: true } });
  if (!row) throw notFound(subject, id);
  return 'customerId' in row ? row.customerId : row.id;
}

/** Whether the freeze that a wallet stands under came with one of this customer or portfolio. */
async function wasFrozenBy(tx: Tx, walletId: string, { subject, id }: Whole): Promise<boolean> {
  const last = await tx.lifecycleAct.findFirst({
    where: { subjectType: 'wallet', subjectId: walletId, act: 'frozen' },
    orderBy: { id: 'desc' },
    select: { whole: { select: { subjectType: true, subjectId: true } } },
  });
  return last?.whole?.subjectType === subject && last.whole.subjectId === id;
}
