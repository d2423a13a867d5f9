import type { Requester } from '~/lib/actor';
import { type Decided, decidedOn } from '~/lib/approvals/decided';
import { type Word, wordsOn } from '~/lib/approvals/words';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import type { Sight } from '~/lib/people/masking';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, type Shown, seesAll, shown, shownAll, sightOf } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { pageOf } from '~/lib/search/page';
import { type ListTotals, totalsOfList } from '~/lib/search/totals';
import { typedSearch } from '~/lib/search/typed';
import type { TimelineItem } from '~/lib/timeline';
import { historyOf } from '~/lib/transfers/history';
import type { Outcome } from '~/lib/withdrawals/endings';
import { type WithdrawalFilter, withdrawalConditions, withdrawalSearch } from '~/lib/withdrawals/matching';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

type WithdrawalPage = WithdrawalFilter & {
  cursor?: string | undefined;
  /** For an inbox: who waits longest comes first. */
  oldestFirst?: boolean | undefined;
  size?: number | undefined;
};

const LISTED = {
  wallet: {
    select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
  },
  transfer: { select: { id: true, trackingKey: true, receiptUrl: true } },
  retry: { select: { id: true, status: true } },
} satisfies Prisma.WithdrawalInclude;

export type WithdrawalRow = Shown<'withdrawal', Prisma.WithdrawalGetPayload<{ include: typeof LISTED }>> & {
  requestedBy: string;
};

export const listWithdrawals = late(pageOfWithdrawals);

async function pageOfWithdrawals(
  reader: Reader,
  filter: WithdrawalPage,
  size = PAGE_SIZE,
): Promise<Page<WithdrawalRow>> {
  const { cursor, oldestFirst = false } = filter;
  return pageOf(
    {
      ...(await filtered(reader, filter)),
      by: { column: Prisma.sql`d.created_at`, kind: 'time', direction: oldestFirst ? 'asc' : 'desc' },
      cursor,
    },
    filter.size ?? size,
    (ids) => withdrawalRows(reader, ids),
  );
}

/** What the withdrawals of a filter come to. */
export const sumWithdrawals = late(sumOfWithdrawals);

async function sumOfWithdrawals(reader: Reader, filter: WithdrawalFilter): Promise<ListTotals> {
  return totalsOfList(await filtered(reader, filter));
}

async function filtered(reader: Reader, filter: WithdrawalFilter) {
  const typed = await typedSearch(filter.text);
  return {
    ...{ table: Prisma.sql`withdrawals`, alias: Prisma.sql`d`, ids: 'uuid' as const },
    where: withdrawalConditions(filter),
    search: typed && withdrawalSearch(typed, !seesAll(reader)),
  };
}

/** As lists show them, in any order. */
export async function withdrawalRows(reader: Reader, ids: readonly string[]): Promise<WithdrawalRow[]> {
  const rows = await db().withdrawal.findMany({ where: { id: { in: [...ids] } }, include: LISTED });
  const names = await operatorNames(rows.map(({ requestedById }) => requestedById));
  return shownAll(reader, 'withdrawal', rows).map((row) => ({
    ...row,
    requestedBy: names.get(row.requestedById) ?? '',
  }));
}

/** The same of one that its reader just asked for: nothing came of it yet. */
export function newWithdrawalRow(reader: Requester & Reader, withdrawal: Withdrawal) {
  return { ...shown(reader, 'withdrawal', null, withdrawal), transfer: null, requestedBy: reader.name };
}

const WHOLE = {
  wallet: { include: { customer: { select: { id: true, name: true } } } },
  retryOf: { select: { id: true, status: true, createdAt: true } },
  retry: { select: { id: true, status: true, createdAt: true } },
  batch: { select: { id: true, fileName: true } },
  transfer: { include: { wallet: { select: { id: true, name: true, houseRole: true } } } },
} satisfies Prisma.WithdrawalInclude;

type Whole = Prisma.WithdrawalGetPayload<{ include: typeof WHOLE }>;

export type WithdrawalRecord = Omit<Shown<'withdrawal', Whole>, 'transfer'> & {
  transfer: Shown<'transfer', NonNullable<Whole['transfer']>> | null;
  sight: Sight;
  /** What people said became of it, where its rail doesn't say. */
  endings: (Omit<Word, 'facts'> & { outcome: Outcome })[];
  requestedBy: string;
  /** Who approved or declined it, and when; null: nobody had to, or has yet. */
  decided: Decided | null;
  timeline: TimelineItem[];
};

export async function getWithdrawal(reader: Reader, id: string): Promise<WithdrawalRecord> {
  const withdrawal = await db().withdrawal.findUnique({ where: { id }, include: WHOLE });
  if (!withdrawal) throw notFound('withdrawal', id);
  const [names, decided] = await Promise.all([
    operatorNames([withdrawal.requestedById]),
    decidedOn(db(), 'withdrawal.pay', [id]).then((found) => found.get(id)),
  ]);
  const person = { subject: 'withdrawal', id } as const;
  const { transfer } = withdrawal;
  return {
    ...shown(reader, 'withdrawal', person, withdrawal),
    wallet: shown(reader, 'wallet', null, withdrawal.wallet),
    batch: withdrawal.batch && shown(reader, 'batch', null, withdrawal.batch),
    transfer: transfer && shown(reader, 'transfer', person, transfer),
    sight: sightOf(reader, person),
    endings: (await wordsOn('withdrawal.end', id)).map(({ facts, ...word }) => ({
      ...shown(reader, 'approval', person, word),
      outcome: (facts as { outcome: Outcome }).outcome,
    })),
    requestedBy: names.get(withdrawal.requestedById) ?? '',
    decided: decided ?? null,
    timeline: await historyOf(reader, { person }, 'withdrawal', id, { withdrawalId: id }),
  };
}
