import { db } from '~/lib/db';
import type { AssetTotal } from '~/lib/search/money';
import { allOf, typedSearch } from '~/lib/search/typed';
import { type ApprovalFacts, approvalFacts } from '~/lib/withdrawals/approval-facts';
import { type WithdrawalFilter, withdrawalConditions, withdrawalSearch } from '~/lib/withdrawals/matching';
import type { WithdrawalRow } from '~/lib/withdrawals/read';
import { listWithdrawals } from '~/lib/withdrawals/read';
import { approvalEnds } from '~/lib/withdrawals/waiting';

/** How far back the inbox tells what became of what it showed, and of how many at most per kind of decision. */
const RECENT_MINUTES = 60;
const RECENT_DECISIONS = 300;

/** A withdrawal that waits for a second person, with all that this person has to know. */
export type Awaiting = WithdrawalRow & ApprovalFacts & { endsAt: Date };

type InboxPage = Omit<WithdrawalFilter, 'status'> & { cursor?: string | undefined; size: number };

/** What waits for a second person, the longest waiting first. */
export async function listAwaiting(
  page: InboxPage,
): Promise<{ items: Awaiting[]; nextCursor: string | null }> {
  const filter = { ...page, status: ['awaiting_approval' as const], oldestFirst: true };
  const { items, nextCursor } = await listWithdrawals(filter);
  const facts = await approvalFacts(items.map(({ id }) => id));
  return {
    items: items.flatMap((item) => {
      const own = facts.get(item.id);
      return own ? [{ ...item, ...own, endsAt: approvalEnds(item) }] : [];
    }),
    nextCursor,
  };
}

/** What waits of all that the filter shows, per asset; `decidable` counts those that this operator didn't ask for. */
export async function awaitingTotals(
  filter: Omit<WithdrawalFilter, 'status'>,
  operatorId: string,
): Promise<{ totals: AssetTotal[]; decidable: number }> {
  const { text, wholeOnly = true } = filter;
  const typed = await typedSearch(text);
  const met = allOf([
    ...withdrawalConditions({ ...filter, status: ['awaiting_approval'] }),
    typed && withdrawalSearch(typed, wholeOnly).matches,
  ]);
  const rows = await db().$queryRaw<(AssetTotal & { decidable: number })[]>`
    SELECT d.asset, count(*)::int AS count, sum(d.amount)::bigint AS amount,
           count(*) FILTER (WHERE d.requested_by_id <> ${operatorId}::uuid)::int AS decidable
    FROM withdrawals d WHERE ${met} GROUP BY d.asset ORDER BY d.asset DESC`;
  return {
    totals: rows.map(({ asset, count, amount }) => ({ asset, count, amount })),
    decidable: rows.reduce((sum, row) => sum + row.decidable, 0),
  };
}

export const DECISIONS = ['approved', 'declined', 'cancelled', 'expired'] as const;

/** What became of a withdrawal that waited, and who made it so. */
export type Decision = {
  id: string;
  decision: (typeof DECISIONS)[number];
  by: string;
  byId: string | null;
  at: Date;
};

/** What was decided within the last hour, by whom: for lists that still show it as waiting. */
export async function recentDecisions(): Promise<Decision[]> {
  const rows = await db().$queryRaw<Decision[]>`
    SELECT e.* FROM unnest(${DECISIONS.map((decision) => `withdrawal.${decision}`)}::text[]) AS a(action)
    CROSS JOIN LATERAL (
      SELECT subject_id AS id, split_part(action, '.', 2) AS decision, actor_name AS by, actor_id AS "byId", at
      FROM audit_entries WHERE action = a.action ORDER BY id DESC LIMIT ${RECENT_DECISIONS}) e
    WHERE e.at > now() - make_interval(mins => ${RECENT_MINUTES})`;
  return rows;
}

/** The last decision on each of these that was decided on. */
export async function decisionsOn(ids: readonly string[]): Promise<Map<string, Decision>> {
  const rows = await db().auditEntry.findMany({
    where: {
      subjectType: 'withdrawal',
      subjectId: { in: [...ids] },
      action: { in: DECISIONS.map((decision) => `withdrawal.${decision}`) },
    },
    orderBy: { id: 'asc' },
    select: { subjectId: true, action: true, actorName: true, actorId: true, at: true },
  });
  return new Map(
    rows.flatMap(({ subjectId, action, actorName, actorId, at }) => {
      const decision = DECISIONS.find((each) => action === `withdrawal.${each}`);
      return decision ? [[subjectId, { id: subjectId, decision, by: actorName, byId: actorId, at }]] : [];
    }),
  );
}
