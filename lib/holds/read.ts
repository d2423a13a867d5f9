import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { leftOf } from '~/lib/holds/draws';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, shown, shownAll } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import { isWalletNamed, walletsNamed } from '~/lib/wallets/search';
import { Prisma } from '~/prisma/generated/client';
import { HoldState } from '~/prisma/generated/enums';

export const HOLD_STATES = Object.values(HoldState);

export type HoldFilter = {
  /** The wallet's or its customer's name. */
  text?: string | undefined;
  state?: HoldState[] | undefined;
  walletId?: string | undefined;
  asset?: string[] | undefined;
  cursor?: string | undefined;
};

const WALLET = {
  select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
} satisfies Prisma.WalletDefaultArgs;

const OF_WALLET = { wallet: WALLET } satisfies Prisma.HoldInclude;
const WITH_ACTS = { ...OF_WALLET, acts: { orderBy: { id: 'asc' } } } satisfies Prisma.HoldInclude;

export type HoldRow = Prisma.HoldGetPayload<{ include: typeof OF_WALLET }> & { left: bigint };

export type HoldRecord = Prisma.HoldGetPayload<{ include: typeof WITH_ACTS }> & { left: bigint };

/** The newest first, each with what is left of it. */
export const listHolds = late(pageOfHolds);

async function pageOfHolds(reader: Reader, filter: HoldFilter, size = PAGE_SIZE): Promise<Page<HoldRow>> {
  const { text, state, walletId, asset, cursor } = filter;
  const typed = await typedSearch(text);
  const matches = typed && isWalletNamed(Prisma.sql`h.wallet_id`, typed);
  return pageOf(
    {
      table: Prisma.sql`holds`,
      alias: Prisma.sql`h`,
      ids: 'uuid',
      by: { column: Prisma.sql`h.created_at`, kind: 'time', direction: 'desc' },
      where: [
        state && Prisma.sql`h.state = ANY (${state}::hold_state[])`,
        walletId && Prisma.sql`h.wallet_id = ${walletId}::uuid`,
        asset && Prisma.sql`h.asset = ANY (${asset})`,
      ],
      search: typed &&
        matches && {
          own: Prisma.sql`false`,
          elsewhere: [{ ids: walletsNamed(typed), columns: [Prisma.sql`h.wallet_id`] }],
          matches,
        },
      cursor,
    },
    size,
    async (ids) => {
      const rows = await db().hold.findMany({ where: { id: { in: ids } }, include: OF_WALLET });
      return shownAll(reader, 'hold', rows).map((row) => ({ ...row, left: leftOf(row) }));
    },
  );
}

/** A hold with everything that was done with it, the first first. */
export async function getHold(reader: Reader, id: string): Promise<HoldRecord> {
  const hold = await db().hold.findUnique({ where: { id }, include: WITH_ACTS });
  if (!hold) throw notFound('hold', id);
  return {
    ...shown(reader, 'hold', null, hold),
    left: leftOf(hold),
    acts: shownAll(reader, 'holdAct', hold.acts),
  };
}
