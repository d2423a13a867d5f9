import { db } from '~/lib/db';
import { ASSETS } from '~/lib/money';
import { bookedAround, type MovementOrder } from '~/lib/movements/order';
import { sinceSaid } from '~/lib/movements/since';
import {
  causesAbout,
  causesAtBanks,
  fewWalletsNamed,
  hasStatus,
  isAbout,
  isAtBank,
  movementsOf,
} from '~/lib/movements/words';
import { allOf, type Typed, typedSearch } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

export type MovementFilter = {
  walletId?: string | undefined;
  /** Of all wallets that a customer has. */
  customerId?: string | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
  /** Any of these. */
  kind?: string[] | undefined;
  direction?: 'in' | 'out' | undefined;
  /** Any of these. */
  asset?: string[] | undefined;
  /** Any of these, of the withdrawal, transfer, adjustment or hold behind it. */
  status?: string[] | undefined;
  /** Of the absolute amount, inclusive, in the smallest unit. */
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  /** What was typed: words of a name or a concept, a number, a clave de rastreo or its end, an amount, a bank, an id. */
  text?: string | undefined;
  /** Banks of the other side, by the first digits of its CLABE. */
  banks?: string[] | undefined;
};

/** A filter as its reader searches: who doesn't see people's numbers finds by the whole one only, not out by its beginnings. */
type Asking = MovementFilter & { wholeOnly: boolean };
/** With the wallets that it is of, where it is not of all. */
type Sought = Asking & { wallets: readonly string[] | null };

/** Of the newest movements, what a search looks at before it asks any index. */
const NEWEST = 1_000;
/** So many of those that match among them say that a page is met by walking on, so far at most; and so many, that it is soon. */
const PROMISING = 4;
const SOON = 10;
const FURTHEST = 20_000;
/** A wallet's movements, when they are so few, are read through sooner than anything is searched. */
const SMALL = 1_000;
/** A customer's wallets are merged one by one, up to so many. */
const MERGED = 50;
/** So many found by amount are sorted. */
const FEW = 5_000;

/**
 * Where a page of a list comes from: `id`, `effective_at` and `sequence` of movements that meet the filter. Each way
 * costs about the page, however many movements there are:
 *
 * - found by amount or words, when those are few;
 * - of one wallet, kind, asset or direction: merged from the groups that match, each in its index's order;
 * - otherwise a walk from the newest on, for what is frequent enough to fill a page soon.
 */
export async function movementSource(
  asking: Asking,
  order: MovementOrder,
  limit: number,
): Promise<Prisma.Sql> {
  const filter = { ...asking, wallets: await walletsOf(asking) };
  const settlements = filter.direction ? await settlementWallets() : [];
  const span = spanOf(filter, order);
  const typed = await typedSearch(filter.text);
  const within = Prisma.sql`${span} AND ${condition(filter, typed, settlements)}`;
  // Where the wallets of a name are few, a long walk looks up no row's own.
  let said: Promise<Prisma.Sql> | undefined;
  const walked = () => {
    said ??= fewWalletsNamed(typed).then((named) =>
      named ? Prisma.sql`${span} AND ${condition(filter, typed, settlements, named)}` : within,
    );
    return said;
  };
  const searched =
    typed !== null ||
    filter.banks !== undefined ||
    filter.minAmount !== undefined ||
    filter.maxAmount !== undefined;
  const found = searched ? await search(filter, typed, { span, within, walked, order, limit }) : null;
  if (found) return found;
  const { wallets, kind, direction, asset } = filter;
  if (wallets && wallets.length > MERGED) return walk(within);
  // What is searched for may be in one group and not in another, which would be read through in vain.
  if (wallets || kind || (!searched && (direction || asset)))
    return inGroups(groupsOf(filter, settlements), filter, { within, order, limit });
  return walk(searched ? await walked() : within);
}

/** The one wallet that is asked for, or those of a customer; of both, the one if it is theirs. Null: of all. */
async function walletsOf({ walletId, customerId }: MovementFilter): Promise<string[] | null> {
  if (!customerId) return walletId ? [walletId] : null;
  const wallets = await db().wallet.findMany({
    where: { customerId, ...(walletId && { id: walletId }) },
    select: { id: true },
  });
  return wallets.map(({ id }) => id);
}

/** From when to when, of an entry `e` that is a movement. */
function spanOf({ from, to }: MovementFilter, { after }: MovementOrder): Prisma.Sql {
  return allOf([
    Prisma.sql`e.wallet_id IS NOT NULL`,
    from && Prisma.sql`e.effective_at >= ${from}`,
    to && Prisma.sql`e.effective_at < ${to}`,
    after,
  ]);
}

/** What else every row has to meet. */
function condition(
  filter: Sought,
  typed: Typed | null,
  settlements: string[],
  named: string[] | null = null,
): Prisma.Sql {
  const { wallets, kind, direction, asset, status, minAmount, maxAmount, banks, wholeOnly } = filter;
  return allOf([
    Prisma.sql`true`,
    wallets && isOfWallets(wallets),
    kind && Prisma.sql`e.kind = ANY (${kind})`,
    asset && Prisma.sql`e.asset = ANY (${asset})`,
    minAmount !== undefined && Prisma.sql`abs(e.amount) >= ${minAmount}`,
    maxAmount !== undefined && Prisma.sql`abs(e.amount) <= ${maxAmount}`,
    direction && goes(direction, settlements),
    status && hasStatus(status),
    banks && isAtBank(banks),
    typed && isAbout(typed, wholeOnly, named),
  ]);
}

function isOfWallets(wallets: readonly string[]): Prisma.Sql {
  const [only, another] = wallets;
  if (only && !another) return Prisma.sql`e.wallet_id = ${only}::uuid`;
  return Prisma.sql`e.wallet_id = ANY (${wallets}::uuid[])`;
}

/** Said case by case: of a comparison of two answers the planner would think that it is hardly ever so. */
function goes(direction: 'in' | 'out', settlements: string[]): Prisma.Sql {
  const [credits, debits] = [Prisma.sql`e.amount < 0`, Prisma.sql`e.amount > 0`];
  const [ordinary, settling] = direction === 'in' ? [credits, debits] : [debits, credits];
  return Prisma.sql`(${ordinary} AND e.wallet_id <> ALL (${settlements}::uuid[])
    OR ${settling} AND e.wallet_id = ANY (${settlements}::uuid[]))`;
}

function walk(within: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT e.id, e.effective_at, e.sequence FROM ledger_entries e WHERE ${within}`;
}

type Asked = { within: Prisma.Sql; order: MovementOrder; limit: number };
/** `span` is of the time alone; `walked` says the same as `within`, for many rows one after the other. */
type Searched = Asked & { span: Prisma.Sql; walked: () => Promise<Prisma.Sql> };

/** By amount or words: among the newest, or wherever they are if they are few. Null if neither fills the page. */
async function search(filter: Sought, typed: Typed | null, asked: Searched): Promise<Prisma.Sql | null> {
  const { span, within, limit } = asked;
  if (filter.wallets && (await areSmall(filter.wallets))) return null;
  const page = (ids: bigint[]) => Prisma.sql`${walk(span)} AND e.id = ANY (${ids}::bigint[])`;
  // A name may be everybody's; digits hardly are.
  if (!typed?.code) {
    const newest = await amongNewest(filter, asked, NEWEST);
    if (newest.length === limit) return page(newest);
    const ids = newest.length < SOON && !filter.wallets && (await sinceSaid(typed, filter.wholeOnly, asked));
    if (ids) return page(ids);
    if (newest.length >= PROMISING) {
      const further = await amongNewest(filter, { ...asked, within: await asked.walked() }, FURTHEST);
      if (further.length === limit) return page(further);
    }
  }
  const causes = typed ? causesAbout(typed, filter.wholeOnly) : filter.banks && causesAtBanks(filter.banks);
  if (!causes) {
    const found = await byAmount(filter);
    return found && Prisma.sql`${walk(within)} AND e.id IN (${found})`;
  }
  const found = await movementsOf(causes, asked);
  return found && page(found);
}

/** Whether wallets have so few movements each that their own groups are read through sooner than anything is searched. */
async function areSmall(wallets: readonly string[]): Promise<boolean> {
  if (wallets.length > MERGED) return false;
  const account = await db().ledgerAccount.findFirst({
    where: { ownerId: { in: [...wallets] }, bucket: 'available', sequence: { gt: SMALL } },
    select: { id: true },
  });
  return account === null;
}

/** What everybody has fills a page from the newest movements of the time asked for; only what is rarer is looked up. */
async function amongNewest(
  { wallets, from, to }: Sought,
  { span, within, order, limit }: Pick<Searched, 'span' | 'within' | 'order' | 'limit'>,
  most: number,
): Promise<bigint[]> {
  const ofWallets = { wallets, from, to };
  const newest =
    wallets && wallets.length <= MERGED
      ? Prisma.sql`SELECT e.* FROM (${await inGroups(groupsOf(ofWallets, []), ofWallets, { within: span, order, limit: most })}) n
        CROSS JOIN LATERAL (SELECT * FROM ledger_entries e WHERE e.id = n.id OFFSET 0) e`
      : Prisma.sql`SELECT e.* FROM ledger_entries e WHERE ${span}`;
  // One after the other, in this order, until there are enough.
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT id FROM (SELECT * FROM (${newest}) n ORDER BY ${order.by} LIMIT ${most}) e
    WHERE ${within} ORDER BY ${order.by} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

async function byAmount({
  minAmount = 0n,
  maxAmount = 2n ** 63n - 1n,
  asset = Object.keys(ASSETS),
}: MovementFilter): Promise<Prisma.Sql | null> {
  const ofSign = (low: bigint, high: bigint) => Prisma.sql`
    (SELECT id FROM ledger_entries
     WHERE wallet_id IS NOT NULL AND asset = ANY (${asset}) AND amount BETWEEN ${low} AND ${high} LIMIT ${FEW + 1})`;
  const both = Prisma.sql`${ofSign(minAmount, maxAmount)} UNION ALL ${ofSign(-maxAmount, -minAmount)}`;
  const [row] = await db().$queryRaw<{ found: number }[]>`SELECT count(*)::int AS found FROM (${both}) found`;
  return (row?.found ?? 0) > FEW ? null : both;
}

type Group = { sign: 'credits' | 'debits'; walletId?: string };

/**
 * What comes in is a credit, but of a house wallet for the daily settlement: what is swept there stands in our books
 * as ours to have, a debit.
 */
function settlementWallets(): Promise<string[]> {
  return db()
    .wallet.findMany({ where: { houseRole: 'settlement' }, select: { id: true } })
    .then((wallets) => wallets.map(({ id }) => id));
}

/** The groups in which the filter's movements are: in `condition` those of the other direction are left out. */
function groupsOf(
  { wallets, direction }: Pick<Sought, 'wallets' | 'direction'>,
  settlements: string[],
): Group[] {
  const each = wallets ? wallets.map((walletId) => ({ walletId })) : [{}];
  if (!direction)
    return each.flatMap((one): Group[] => [
      { ...one, sign: 'credits' },
      { ...one, sign: 'debits' },
    ]);
  const [sign, reverse] =
    direction === 'in' ? (['credits', 'debits'] as const) : (['debits', 'credits'] as const);
  if (wallets)
    return wallets.map((walletId) => ({ walletId, sign: settlements.includes(walletId) ? reverse : sign }));
  return [{ sign }, ...settlements.map((id) => ({ walletId: id, sign: reverse }))];
}

/**
 * A list merged from groups: of one wallet its kinds, of all wallets the kinds of each asset. Of a wallet's time, what
 * was booked far from it comes beside.
 */
async function inGroups(
  groups: Group[],
  { kind, from, to }: Pick<MovementFilter, 'kind' | 'from' | 'to'>,
  { within, order, limit }: Asked,
): Promise<Prisma.Sql> {
  const booked = order.accountId === null ? null : await bookedAround(order.accountId, { from, to });
  const parts = groups.map(({ sign, walletId }) => {
    const signed = sign === 'credits' ? Prisma.sql`amount < 0` : Prisma.sql`amount > 0`;
    const own = walletId ? Prisma.sql`wallet_id = ${walletId}::uuid` : Prisma.sql`wallet_id IS NOT NULL`;
    const same = walletId ? Prisma.sql`e.kind = g.kind` : Prisma.sql`e.kind = g.kind AND e.asset = g.asset`;
    return Prisma.sql`
      SELECT e.id, e.effective_at, e.sequence FROM (${kindsThere(own, signed, walletId !== undefined)}) g
      CROSS JOIN LATERAL (
        SELECT e.id, e.effective_at, e.sequence FROM ledger_entries e
        WHERE e.${own} AND e.${signed} AND ${same} AND ${within} AND ${booked?.near ?? Prisma.sql`true`}
        ORDER BY ${order.by} LIMIT ${limit}) e
      WHERE ${kind ? Prisma.sql`g.kind = ANY (${kind})` : Prisma.sql`true`}`;
  });
  // Of a customer without a wallet there is none.
  if (groups.length === 0) return walk(Prisma.sql`false`);
  if (booked) parts.push(walk(Prisma.sql`${within} AND ${booked.far}`));
  return Prisma.sql`SELECT id, effective_at, sequence FROM (${Prisma.join(parts, ' UNION ALL ')}) merged`;
}

/** Hops along the index from one group to the next, so that it costs what there are kinds, not movements. */
function kindsThere(own: Prisma.Sql, signed: Prisma.Sql, ofWallet: boolean): Prisma.Sql {
  const [order, key] = ofWallet
    ? [Prisma.sql`kind`, Prisma.sql`kind > hop.kind`]
    : [Prisma.sql`kind, asset`, Prisma.sql`(kind, asset) > (hop.kind, hop.asset)`];
  return Prisma.sql`
    WITH RECURSIVE hop AS (
      (SELECT kind, asset FROM ledger_entries WHERE ${own} AND ${signed} ORDER BY ${order} LIMIT 1)
      UNION ALL
      SELECT n.kind, n.asset FROM hop CROSS JOIN LATERAL (
        SELECT kind, asset FROM ledger_entries WHERE ${own} AND ${signed} AND ${key} ORDER BY ${order} LIMIT 1) n
    ) SELECT kind, asset FROM hop`;
}
