import { db, type Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import type { LifecycleActName } from '~/lib/wallets/acts';
import { both, type Freeze, type FreezeDirection } from '~/lib/wallets/frozen';
import type { LifecycleAct } from '~/prisma/generated/client';

/** Whose wallets are acted on as one: a customer's, or a portfolio's. */
export type Whole = { subject: 'customer' | 'portfolio'; id: string };

/** How something stands by what was done to it; `act`: the last act that made it so, which says why. */
export type Standing =
  | { status: 'open' }
  | { status: 'frozen'; freeze: Freeze; act: bigint }
  | { status: 'closed'; closedBy: string | null; act: bigint };

type Told = Pick<LifecycleAct, 'id' | 'act' | 'direction' | 'untilAt' | 'closedBy' | 'at'>;

const OPEN: Standing = { status: 'open' };

/** How these acts, in their order, have it stand at that moment. A freeze ends by itself when its time is over. */
export function standingBy(acts: readonly Told[], at: Date): Standing {
  const last = acts.reduce<Standing>((before, told) => after(stillIs(before, told.at), told), OPEN);
  return stillIs(last, at);
}

function after(before: Standing, { id, act, direction, untilAt, closedBy }: Told): Standing {
  switch (act as LifecycleActName) {
    case 'frozen': {
      if (before.status === 'closed') return before;
      const asked = { direction: direction as FreezeDirection, until: untilAt };
      const freeze = before.status === 'frozen' ? both(before.freeze, asked) : asked;
      return { status: 'frozen', freeze, act: id };
    }
    case 'closed':
    case 'opening_cancelled':
      return { status: 'closed', closedBy, act: id };
    case 'unfrozen':
      return before.status === 'closed' ? before : OPEN;
    case 'reopened':
      return OPEN;
  }
}

function stillIs(standing: Standing, at: Date): Standing {
  return standing.status === 'frozen' && standing.freeze.until && standing.freeze.until <= at
    ? OPEN
    : standing;
}

/** How each of them stands as a whole, whatever became of single wallets. */
export async function standingsOf(
  subject: Whole['subject'],
  ids: readonly string[],
  client: Tx = db(),
): Promise<(id: string) => Standing> {
  const acts = await client.lifecycleAct.findMany({
    where: { subjectType: subject, subjectId: { in: [...ids] } },
    orderBy: { id: 'asc' },
  });
  const now = new Date();
  return (id) =>
    standingBy(
      acts.filter(({ subjectId }) => subjectId === id),
      now,
    );
}

export async function standingOf({ subject, id }: Whole, client: Tx = db()): Promise<Standing> {
  return (await standingsOf(subject, [id], client))(id);
}

/** Of a wallet, or one to be: whose it is, and the portfolio that it stands in. */
export type Belongs = { customerId: string | null; portfolioId: string | null };

/** Read before any lock: a wallet's customer is theirs for good. */
export async function belongings(tx: Tx, walletId: string): Promise<Belongs> {
  const select = { customerId: true, portfolioId: true } as const;
  return (
    (await tx.wallet.findUnique({ where: { id: walletId }, select })) ?? {
      customerId: null,
      portfolioId: null,
    }
  );
}

/** The freezes of the wholes that a wallet is a part of. */
export async function freezesOver(
  tx: Tx,
  { customerId, portfolioId }: Belongs,
): Promise<Extract<Standing, { status: 'frozen' }>[]> {
  const standings = [
    ...(customerId ? [await standingOf({ subject: 'customer', id: customerId }, tx)] : []),
    ...(portfolioId ? [await standingOf({ subject: 'portfolio', id: portfolioId }, tx)] : []),
  ];
  return standings.filter((each) => each.status === 'frozen');
}

/**
 * Refuses to let a wallet be open whose customer is frozen or closed as a whole (`customer_not_open`), or whose portfolio is
 * frozen (`portfolio_frozen`). The customer's row is locked from here on, before the wallet's: so nobody freezes them
 * between this and what it is asked for.
 */
export async function requireOpenWhole(tx: Tx, { customerId, portfolioId }: Belongs): Promise<void> {
  if (customerId === null) return;
  await lockRow(tx, 'customers', customerId);
  const { status } = await standingOf({ subject: 'customer', id: customerId }, tx);
  if (status !== 'open')
    throw new DomainError('customer_not_open', `The customer is ${status} as a whole.`, { status });
  if (portfolioId) await requireThawed(tx, portfolioId);
}

/** Under its customer's lock. */
export async function requireThawed(tx: Tx, portfolioId: string): Promise<void> {
  const { status } = await standingOf({ subject: 'portfolio', id: portfolioId }, tx);
  if (status === 'frozen') throw new DomainError('portfolio_frozen', 'The portfolio is frozen as a whole.');
}

/** Whether a freeze of this customer or portfolio is one of those that a wallet stands under. */
export async function isFrozenBy(tx: Tx, walletId: string, whole: Whole): Promise<boolean> {
  const of = { subjectType: 'wallet', subjectId: walletId } as const;
  const lifted = await tx.lifecycleAct.findFirst({
    where: { ...of, act: { not: 'frozen' } },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const part = { subjectType: whole.subject, subjectId: whole.id };
  const frozen = { ...of, act: 'frozen', id: { gt: lifted?.id ?? 0n }, whole: part };
  return (await tx.lifecycleAct.count({ where: frozen })) > 0;
}

/** Whether it was closed with its whole, and not by itself. */
export async function wasClosedBy(tx: Tx, walletId: string, { subject, id }: Whole): Promise<boolean> {
  const last = await tx.lifecycleAct.findFirst({
    where: { subjectType: 'wallet', subjectId: walletId, act: 'closed' },
    orderBy: { id: 'desc' },
    select: { whole: { select: { subjectType: true, subjectId: true } } },
  });
  return last?.whole?.subjectType === subject && last.whole.subjectId === id;
}
