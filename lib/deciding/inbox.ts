import { z } from 'zod';
import { adjustmentSearch } from '~/lib/adjustments/matching';
import { type AdjustmentRow, adjustmentRows } from '~/lib/adjustments/read';
import {
  type ApprovalAction,
  type ApprovalGroup,
  actionsOf,
  actionsOfKind,
  GROUP_OF,
} from '~/lib/approvals/actions';
import { type Standing, waitingSeenBy } from '~/lib/approvals/read';
import { firedShape } from '~/lib/approvals/rules';
import { firedVersions, type RuleVersion } from '~/lib/approvals/rules-read';
import { db } from '~/lib/db';
import { type ActEffect, actEffects } from '~/lib/deciding/act-effects';
import {
  type AdjustmentEffect,
  adjustmentEffects,
  type DepositEffect,
  depositEffects,
  type PayoutEffect,
  payoutEffects,
} from '~/lib/deciding/effects';
import { type AskedOfDeposit, depositRequestRows } from '~/lib/deposits/requests-read';
import { keyset } from '~/lib/keyset';
import type { Page } from '~/lib/pagination';
import { type Reader as Anybody, seesAll, shown } from '~/lib/people/sight';
import type { AssetTotal, PaymentFilter } from '~/lib/search/money';
import {
  allOf,
  anyOf,
  type Condition,
  type Sayings,
  saysSeenWords,
  type Typed,
  typedSearch,
} from '~/lib/search/typed';
import { transferSearch } from '~/lib/transfers/matching';
import { isWalletNamed } from '~/lib/wallets/search';
import { type Awaiting, awaitingRows } from '~/lib/withdrawals/approvals';
import { withdrawalConditions, withdrawalSearch } from '~/lib/withdrawals/matching';
import { Prisma } from '~/prisma/generated/client';

/** Only people have something wait for them. */
type Reader = Extract<Anybody, { kind: 'operator' }>;

/** `from` and `to` are of when it was asked for. */
export type InboxFilter = PaymentFilter & {
  group?: ApprovalGroup | undefined;
  walletId?: string | undefined;
};

/** What is decided on, as its noun knows it; of an act and of a word its facts say all. */
export type InboxSubject =
  | { kind: 'payout'; payout: Awaiting; effect: PayoutEffect | null }
  | { kind: 'adjustment'; adjustment: AdjustmentRow; effect: AdjustmentEffect | null }
  | { kind: 'deposit'; request: AskedOfDeposit; effect: DepositEffect | null }
  | { kind: 'facts'; effect: ActEffect | null };

type Waiting = {
  id: string;
  action: ApprovalAction;
  subjectId: string;
  facts: Prisma.JsonValue;
  fired: Prisma.JsonValue;
  reason: string;
  askedById: string;
  askedByName: string;
  askedAt: Date;
  expiresAt: Date | null;
  standing: Standing;
  /** Whether a decision needs what only its own page shows: another person's word, or that somebody accepts a loss. */
  onItsPage: boolean;
};

/** `rules`: those that people made and that had it wait, as they were then. */
/** `decidable`: how many of them this reader decides on in the list. */
export type InboxTotals = { count: number; totals: AssetTotal[]; decidable: number };
export type InboxRow = Waiting & { subject: InboxSubject; rules: RuleVersion[] };

type InboxPage = InboxFilter & { cursor?: string | undefined; size: number };

/** A page of all that waits: what this reader may decide on first, and of that the longest waiting. */
export async function listInbox(
  reader: Reader,
  { cursor, size, ...filter }: InboxPage,
): Promise<Page<InboxRow>> {
  const beyond = BY_STANDING.after(cursor, [RANK, Prisma.sql`a.asked_at`, Prisma.sql`a.id`]);
  const met = allOf([...(await conditionsOf(reader, filter)), beyond]);
  const rows = await db().$queryRaw<(Waiting & { rank: bigint })[]>`
    SELECT a.id::text AS id, a.action, a.subject_id AS "subjectId", a.facts, a.fired, a.reason, a.asked_by_id::text AS "askedById",
      a.asked_by_name AS "askedByName", a.asked_at AS "askedAt", a.expires_at AS "expiresAt", a.standing,
      ${ON_ITS_PAGE} AS "onItsPage", ${RANK} AS rank
    FROM ${waitingSeenBy(reader)} a WHERE ${met} ORDER BY ${RANK}, a.asked_at, a.id LIMIT ${size + 1}`;
  const { items, nextCursor } = BY_STANDING.page(rows, size);
  return { items: await withSubjects(reader, items), nextCursor };
}

/**
 * What waits of all that the filter shows: how much, what it moves per asset, and how much of it this reader may decide on
 * in the list.
 */
export async function inboxTotals(reader: Reader, filter: InboxFilter): Promise<InboxTotals> {
  const met = allOf(await conditionsOf(reader, filter));
  const rows = await db().$queryRaw<
    (Omit<AssetTotal, 'asset'> & { asset: string | null; decidable: number })[]
  >`
    SELECT ${MOVES('asset')} AS asset, count(*)::int AS count, coalesce(sum(${MOVES('amount')}::bigint), 0)::bigint AS amount,
      count(*) FILTER (WHERE a.standing = 'decides' AND NOT ${ON_ITS_PAGE})::int AS decidable
    FROM ${waitingSeenBy(reader)} a WHERE ${met} GROUP BY 1 ORDER BY 1 DESC NULLS LAST`;
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    totals: rows.flatMap(({ asset, count, amount }) => (asset === null ? [] : [{ asset, count, amount }])),
    decidable: rows.reduce((sum, row) => sum + row.decidable, 0),
  };
}

const WORDS = actionsOfKind('word');
const HOLDS = actionsOfKind('hold');

const RANK = Prisma.sql`(a.standing <> 'decides')::int::bigint`;
const BY_STANDING = keyset({ rank: 'number', askedAt: 'time', id: 'uuid' }, 'asc');
const ON_ITS_PAGE = Prisma.sql`(a.action = ANY (${WORDS}::text[])
  OR coalesce(a.facts->>'acceptedLoss', '0') <> '0' OR coalesce(a.facts->>'acceptsNotOpen', 'false') = 'true')`;
/** Of what moves money. */
const MOVES = (fact: 'asset' | 'amount') =>
  Prisma.sql`CASE WHEN a.action = ANY (${HOLDS}::text[]) THEN a.facts->>'${Prisma.raw(fact)}' END`;

async function conditionsOf(reader: Reader, filter: InboxFilter): Promise<Condition[]> {
  const { group, walletId, asset, minAmount, maxAmount, from, to, banks, text } = filter;
  const typed = await typedSearch(text);
  const amount = Prisma.sql`(${MOVES('amount')})::bigint`;
  return [
    group && Prisma.sql`a.action = ANY (${actionsOf(group)}::text[])`,
    walletId &&
      Prisma.sql`${walletId} IN (a.facts->>'walletId', a.facts->>'fromWalletId', a.facts->>'toWalletId')`,
    asset && Prisma.sql`${MOVES('asset')} = ANY (${asset}::text[])`,
    minAmount !== undefined && Prisma.sql`${amount} >= ${minAmount}`,
    maxAmount !== undefined && Prisma.sql`${amount} <= ${maxAmount}`,
    from && Prisma.sql`a.asked_at >= ${from}`,
    to && Prisma.sql`a.asked_at < ${to}`,
    banks && isPayoutOf(allOf(withdrawalConditions({ banks }))),
    typed && isFoundBy(typed, !seesAll(reader)),
  ];
}

/** By what its noun's own list finds it, by who asked and why, or by whom it is about. */
function isFoundBy(typed: Typed, wholeOnly: boolean): Prisma.Sql {
  const reason = Prisma.sql`CASE WHEN a.action <> 'withdrawal.pay' THEN a.reason END`;
  const of = [
    Prisma.sql`a.asked_by_name`,
    Prisma.sql`a.facts->>'name'`,
    Prisma.sql`a.facts->>'email'`,
    reason,
  ];
  const said: Sayings = { text: Prisma.sql`search_text(concat_ws(' ', ${Prisma.join(of, ', ')}))`, of };
  const deposit = anyOf([
    transferSearch(typed, wholeOnly).matches,
    isWalletNamed(Prisma.sql`r.wallet_id`, typed),
  ]);
  return anyOf([
    saysSeenWords(said, typed, wholeOnly),
    typed.code !== '' && Prisma.sql`a.subject_id = ${typed.code}`,
    isPayoutOf(withdrawalSearch(typed, wholeOnly).matches),
    Prisma.sql`(a.action = 'adjustment.post' AND a.subject_id IN (
      SELECT j.id::text FROM adjustments j WHERE j.status = 'awaiting_approval' AND ${adjustmentSearch(typed, wholeOnly).matches}))`,
    Prisma.sql`(a.action = ANY (${actionsOf('deposits')}::text[]) AND EXISTS (
      SELECT FROM deposit_requests r JOIN transfers f ON f.id = r.transfer_id WHERE r.approval_id = a.id AND ${deposit}))`,
  ]);
}

function isPayoutOf(met: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(a.action = 'withdrawal.pay' AND a.subject_id IN (
    SELECT d.id::text FROM withdrawals d WHERE d.status = 'awaiting_approval' AND ${met}))`;
}

async function withSubjects(reader: Reader, rows: readonly Waiting[]): Promise<InboxRow[]> {
  const of = (group: ApprovalGroup) => rows.filter(({ action }) => GROUP_OF[action] === group);
  const firedOf = ({ fired }: Waiting) => firedShape.parse(fired);
  const adjusting = of('adjustments').map(({ subjectId }) => subjectId);
  const requested = of('deposits').filter(isOfDeposit).map(requestOf);
  const [versions, acts, effects, adjusted, deposited, payouts, adjustments, requests] = await Promise.all([
    firedVersions(rows.flatMap(firedOf)),
    actEffects(rows),
    payoutEffects(of('withdrawals').map(({ subjectId }) => subjectId)),
    adjustmentEffects(adjusting),
    depositEffects(reader, requested),
    byId(
      (ids) => awaitingRows(reader, ids),
      rows.filter(({ action }) => action === 'withdrawal.pay').map(({ subjectId }) => subjectId),
    ),
    byId((ids) => adjustmentRows(reader, ids), adjusting),
    byId((ids) => depositRequestRows(reader, ids), requested),
  ]);
  const subjectOf = (row: Waiting): InboxSubject | null => {
    const payout = payouts.get(row.subjectId);
    const adjustment = adjustments.get(row.subjectId);
    const facts = { kind: 'facts' as const, effect: acts.get(row.id) ?? null };
    if (row.action === 'batch.pay') return facts;
    switch (GROUP_OF[row.action]) {
      case 'withdrawals':
        return payout ? { kind: 'payout', payout, effect: effects.get(payout.id) ?? null } : null;
      case 'adjustments':
        return adjustment
          ? { kind: 'adjustment', adjustment, effect: adjusted.get(adjustment.id) ?? null }
          : null;
      case 'deposits': {
        if (!isOfDeposit(row)) return facts;
        const request = requests.get(requestOf(row));
        return request ? { kind: 'deposit', request, effect: deposited.get(request.id) ?? null } : null;
      }
      default:
        return facts;
    }
  };
  return rows.flatMap((row) => {
    const subject = subjectOf(row);
    const rules = firedOf(row).flatMap(({ rule, version }) => versions.get(`${rule} ${version}`) ?? []);
    return subject ? [{ ...shown(reader, 'approval', null, row), subject, rules }] : [];
  });
}

/** What is kept with its approval; what is done with money in suspense its facts say. */
const isOfDeposit = ({ action }: Waiting) => action === 'deposit.return' || action === 'deposit.assign';
const requestOf = ({ facts }: Waiting) => z.object({ requestId: z.string() }).parse(facts).requestId;

async function byId<Row extends { id: string }>(
  read: (ids: readonly string[]) => Promise<Row[]>,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  return new Map((await read(ids)).map((row) => [row.id, row]));
}
