import { wordsOn } from '~/lib/approvals/words';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { PAGE_SIZE } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import { timelineOf } from '~/lib/transfers/timeline';
import type { Outcome } from '~/lib/withdrawals/endings';
import { type WithdrawalFilter, withdrawalConditions, withdrawalSearch } from '~/lib/withdrawals/matching';
import { Prisma } from '~/prisma/generated/client';

type WithdrawalPage = WithdrawalFilter & {
  cursor?: string | undefined;
  /** For an inbox: who waits longest comes first. */
  oldestFirst?: boolean | undefined;
  size?: number | undefined;
};

export async function listWithdrawals(filter: WithdrawalPage, size = PAGE_SIZE) {
  const { cursor, oldestFirst = false, text, wholeOnly = true } = filter;
  const typed = await typedSearch(text);
  return pageOf(
    {
      table: Prisma.sql`withdrawals`,
      alias: Prisma.sql`d`,
      ids: 'uuid',
      by: { column: Prisma.sql`d.created_at`, kind: 'time', direction: oldestFirst ? 'asc' : 'desc' },
      where: withdrawalConditions(filter),
      search: typed && withdrawalSearch(typed, wholeOnly),
      cursor,
    },
    filter.size ?? size,
    withdrawalRows,
  );
}

/** As lists show them, in any order. */
export async function withdrawalRows(ids: readonly string[]) {
  const rows = await db().withdrawal.findMany({
    where: { id: { in: [...ids] } },
    include: {
      wallet: {
        select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
      },
      transfer: { select: { id: true, trackingKey: true } },
      retry: { select: { id: true, status: true } },
    },
  });
  const names = await operatorNames(rows.map(({ requestedById }) => requestedById));
  return rows.map((row) => ({ ...row, requestedBy: names.get(row.requestedById) ?? '' }));
}

export type WithdrawalRow = Awaited<ReturnType<typeof withdrawalRows>>[number];

export async function getWithdrawal(id: string) {
  const withdrawal = await db().withdrawal.findUnique({
    where: { id },
    include: {
      wallet: { include: { customer: true } },
      retryOf: { select: { id: true, status: true, createdAt: true } },
      retry: { select: { id: true, status: true, createdAt: true } },
      transfer: { include: { wallet: { select: { id: true, name: true, houseRole: true } } } },
    },
  });
  if (!withdrawal) throw notFound('withdrawal', id);
  const names = await operatorNames(
    [withdrawal.requestedById, withdrawal.approvedById].filter((item) => item !== null),
  );
  return {
    ...withdrawal,
    endings: (await wordsOn('withdrawal.end', id)).map(({ facts, ...word }) => ({
      ...word,
      outcome: (facts as { outcome: Outcome }).outcome,
    })),
    requestedBy: names.get(withdrawal.requestedById) ?? '',
    approvedBy: withdrawal.approvedById ? (names.get(withdrawal.approvedById) ?? '') : null,
    timeline: await timelineOf('withdrawal', id, { withdrawalId: id }),
  };
}

export type WithdrawalRecord = Awaited<ReturnType<typeof getWithdrawal>>;
