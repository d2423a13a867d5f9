import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { momentOf } from '~/lib/until';
import { noteAct } from '~/lib/wallets/acts';
import { both, freezeOf, isSameFreeze } from '~/lib/wallets/frozen';
import { isFrozenBy, standingOf, type Whole, wasClosedBy } from '~/lib/wallets/standing';
import {
  closeIn,
  type FreezeAsked,
  freezeIn,
  type NewFreeze,
  reopenIn,
  requireFuture,
  unfreezeIn,
} from '~/lib/wallets/status';
import { freezeAsLeft } from '~/lib/wallets/still-frozen';
import { unlessRuled } from '~/lib/wallets/unless-ruled';
import type { Wallet } from '~/prisma/generated/client';

/** Of a whole, which of its wallets were changed. */
export type Together = { id: string; walletIds: string[] };

/**
 * Freezes every open wallet, and stops what the frozen ones still let through. From then on the whole is frozen: no wallet
 * of it is opened, and one that is opening will be frozen when it is open.
 */
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

/** Lifts what a freeze of the whole stopped. What was frozen by itself, or by another whole, stays frozen. */
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
      isDue: async ({ id, status }, tx) => status === 'frozen' && (await isFrozenBy(tx, id, whole)),
      change: async (tx, { id: walletId }, partOf) => {
        await unfreezeIn(tx, actor, { walletId, reason, partOf });
        await freezeAsLeft(tx, actor, walletId);
      },
    },
  );
}

/** Closes all wallets of a customer, or none: what stands in the way of one is told with its name. No other is opened. */
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

/**
 * Opens a customer again whom they closed themselves, and the wallets that were closed with them. Throws `conflict` where
 * the platform closed them, or nobody did.
 */
export async function reopenTogether(
  actor: Actor,
  customerId: string,
  { reason }: { reason: string },
): Promise<Together> {
  authorize(actor, 'wallets:freeze');
  const whole = { subject: 'customer', id: customerId } as const;
  return transaction((tx) =>
    act(
      tx,
      actor,
      whole,
      'reopened',
      { reason },
      {
        isDue: async ({ id, status, closedBy }, tx) =>
          status === 'closed' && closedBy === 'customer' && (await wasClosedBy(tx, id, whole)),
        change: (tx, { id: walletId }, partOf) => reopenIn(tx, actor, { walletId, reason, partOf }),
      },
    ),
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

type Name = 'frozen' | 'unfrozen' | 'closed' | 'reopened';
type How = {
  isDue: (wallet: Wallet, tx: Tx) => boolean | Promise<boolean>;
  change: (tx: Tx, wallet: Wallet, partOf: bigint) => Promise<unknown>;
};

/**
 * Whether the act makes the whole stand otherwise, though none of its wallets may. Throws `conflict` where only the platform
 * could have closed what is to be reopened, and `already_decided` where somebody else reopened it.
 */
async function isChange(tx: Tx, actor: Actor, whole: Whole, name: Name, facts: Asked): Promise<boolean> {
  const standing = await standingOf(whole, tx);
  const { status } = standing;
  if (name === 'unfrozen') return status === 'frozen';
  if (name === 'closed') return status !== 'closed';
  if (name === 'frozen') {
    const asked = { direction: facts.direction ?? 'both', until: facts.until ?? null };
    return (
      status === 'open' ||
      (status === 'frozen' && !isSameFreeze(standing.freeze, both(standing.freeze, asked)))
    );
  }
  if (status === 'closed' && standing.closedBy === 'customer') return true;
  if (status === 'closed') throw new DomainError('conflict', 'The platform closed it.', { status });
  const { id } = whole;
  const act = 'customer.reopened';
  await requireOwnDecision(tx, actor, { subject: 'customer', id, status, act, ends: ['frozen', 'unfrozen'] });
  return false;
}

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
  const changes = await isChange(tx, actor, whole, name, facts);
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
  if (due.length === 0 && !changes) return { id: whole.id, walletIds };
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
  if (name === 'reopened') return { action: 'customer.reopened', ...of } as const;
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
