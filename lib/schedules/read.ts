import { db } from '~/lib/db';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, type Shown, seesAll, shownAll } from '~/lib/people/sight';
import { pageOf } from '~/lib/search/page';
import { anyOf, saysSeenWords, type Typed, typedSearch } from '~/lib/search/typed';
import { isWalletNamed, walletsNamed } from '~/lib/wallets/search';
import { Prisma } from '~/prisma/generated/client';
import { ScheduleEvery, ScheduleState } from '~/prisma/generated/enums';

export const SCHEDULE_STATES = Object.values(ScheduleState);
export const SCHEDULE_EVERY = Object.values(ScheduleEvery);

export type ScheduleFilter = {
  /** The beneficiary's, the wallet's or its customer's name, or the whole of what is paid to. */
  text?: string | undefined;
  state?: ScheduleState[] | undefined;
  every?: ScheduleEvery[] | undefined;
  walletId?: string | undefined;
  cursor?: string | undefined;
};

const SHOWN = {
  wallet: {
    select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
  },
  ran: {
    orderBy: { nth: 'desc' },
    take: 1,
    include: {
      withdrawal: { select: { id: true, status: true } },
      batch: { select: { id: true, state: true } },
    },
  },
} satisfies Prisma.ScheduleInclude;

type Kept = Prisma.ScheduleGetPayload<{ include: typeof SHOWN }>;

export type ScheduleRow = Shown<'schedule', Omit<Kept, 'ran'>> & {
  /** What the last day became; null before the first. */
  last: Kept['ran'][number] | null;
  requestedBy: string;
};

/** What is planned, the newest first, each with what its last day became. */
export async function listSchedules(
  reader: Reader,
  filter: ScheduleFilter = {},
  size = PAGE_SIZE,
): Promise<Page<ScheduleRow>> {
  const { text, state, every, walletId, cursor } = filter;
  const typed = await typedSearch(text);
  return pageOf(
    {
      table: Prisma.sql`schedules`,
      alias: Prisma.sql`s`,
      ids: 'uuid',
      by: { column: Prisma.sql`s.created_at`, kind: 'time', direction: 'desc' },
      where: [
        state && Prisma.sql`s.state = ANY (${state}::schedule_state[])`,
        every && Prisma.sql`s.every = ANY (${every}::schedule_every[])`,
        walletId && Prisma.sql`s.wallet_id = ${walletId}::uuid`,
      ],
      search: typed && searchOf(typed, !seesAll(reader)),
      cursor,
    },
    size,
    (ids) => scheduleRows(reader, ids),
  );
}

function searchOf(typed: Typed, wholeOnly: boolean) {
  const name = Prisma.sql`coalesce(s.beneficiary_name, '')`;
  const own = anyOf([
    saysSeenWords({ text: Prisma.sql`search_text(${name})`, of: [name] }, typed, wholeOnly),
    typed.code !== '' && Prisma.sql`s.destination = ${typed.code}`,
  ]);
  return {
    own,
    elsewhere: [{ ids: walletsNamed(typed), columns: [Prisma.sql`s.wallet_id`] }],
    matches: anyOf([own, isWalletNamed(Prisma.sql`s.wallet_id`, typed)]),
  };
}

async function scheduleRows(reader: Reader, ids: string[]): Promise<ScheduleRow[]> {
  const rows = await db().schedule.findMany({ where: { id: { in: ids } }, include: SHOWN });
  const names = await operatorNames(rows.map(({ requestedById }) => requestedById));
  return shownAll(reader, 'schedule', rows).map(({ ran: [last], ...schedule }) => ({
    ...schedule,
    last: last ?? null,
    requestedBy: names.get(schedule.requestedById) ?? '',
  }));
}

/** How many days come next, what they take together in the smallest unit, and when the first of them is. */
export type Planned = { count: number; amount: bigint; first: Date };

/** What a wallet has planned in an asset: how much its next days take, and when the first of them is. */
export async function plannedOf(walletId: string, asset: string): Promise<Planned | null> {
  const [row] = await db().$queryRaw<{ count: number; amount: bigint; first: Date | null }[]>`
    SELECT count(*)::int AS count, coalesce(sum(amount), 0)::bigint AS amount, min(next_at) AS first
    FROM schedules WHERE wallet_id = ${walletId}::uuid AND asset = ${asset} AND state = 'active'`;
  return row?.first ? { ...row, first: row.first } : null;
}
