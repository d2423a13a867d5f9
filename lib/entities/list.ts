import { db } from '~/lib/db';
import { isOver } from '~/lib/entities/kyb';
import { KYB_WAIT } from '~/lib/entities/kyb-waiting-query';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, type Shown, seesAll, shownAll } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { ownSearch, pageOf, type Search } from '~/lib/search/page';
import { anyOf, like, saysWords, type Typed, typedSearch } from '~/lib/search/typed';
import { taxIdSpellings } from '~/lib/tax-id';
import { Prisma } from '~/prisma/generated/client';

export type EntityFilter = {
  /** Part of a name or tax id, or an entity's id. */
  text?: string | undefined;
  /** Fintoc's own words. */
  status?: string[] | undefined;
  /** Of the onboarding that counts; `none` where there is none. */
  kyb?: string[] | undefined;
  /** By name; else the newest here first. */
  byName?: boolean | undefined;
  cursor?: string | undefined;
};

const LISTED = {
  customer: { select: { id: true, name: true } },
  onboardings: {
    select: { id: true, status: true, reviewedAt: true, createdAt: true },
    orderBy: { createdAt: 'desc' },
    take: 20,
  },
} satisfies Prisma.EntityInclude;

type Counted = Prisma.EntityGetPayload<{ include: typeof LISTED }> & {
  _count: { accounts: number; wallets: number };
};

export type EntityRow = Shown<'entity', Counted>;

/** Newest here first, or by name, with every onboarding's state and how many accounts and wallets stand under it. */
export const listEntities = late(pageOfEntities);

async function pageOfEntities(
  reader: Reader,
  filter: EntityFilter,
  size = PAGE_SIZE,
): Promise<Page<EntityRow>> {
  const { text, status, kyb, byName = false, cursor } = filter;
  const typed = await typedSearch(text);
  return pageOf(
    {
      table: Prisma.sql`entities`,
      alias: Prisma.sql`e`,
      ids: 'word',
      by: byName
        ? { column: Prisma.sql`e.holder_name`, kind: 'name', direction: 'asc' }
        : { column: Prisma.sql`e.created_at`, kind: 'time', direction: 'desc' },
      where: [status && Prisma.sql`e.status = ANY (${status})`, kyb && anyOf(kyb.map(withKyb))],
      search: typed && entitySearch(typed, !seesAll(reader)),
      cursor,
    },
    size,
    async (ids) => shownAll(reader, 'entity', await withCounts(ids)),
  );
}

/** Counted apart: Prisma would count the wallets and accounts of all entities to join them to a few. */
async function withCounts(ids: string[]): Promise<Counted[]> {
  const of = { entityId: { in: ids } };
  const [entities, accounts, wallets] = await Promise.all([
    db().entity.findMany({ where: { id: { in: ids } }, include: LISTED }),
    db().account.groupBy({ by: ['entityId'], where: of, _count: true }),
    db().walletAsset.groupBy({ by: ['entityId'], where: of, _count: true }),
  ]);
  const countOf = (counted: { entityId: string | null; _count: number }[], id: string) =>
    counted.find(({ entityId }) => entityId === id)?._count ?? 0;
  return entities.map((entity) => ({
    ...entity,
    _count: { accounts: countOf(accounts, entity.id), wallets: countOf(wallets, entity.id) },
  }));
}

function entitySearch(typed: Typed, wholeOnly: boolean): Search {
  const { whole, code } = typed;
  // At Fintoc a RUT stands with its dash, and with dots or without.
  const holderId = Prisma.sql`replace(upper(e.holder_id), '.', '')`;
  return ownSearch([
    saysWords(Prisma.sql`e.search_text`, typed),
    Prisma.sql`${holderId} = ANY (${taxIdSpellings(whole)})`,
    !wholeOnly && code.length > 2 && Prisma.sql`${holderId} LIKE ${`${like(code.toUpperCase())}%`}`,
    Prisma.sql`e.id = ${whole}`,
  ]);
}

/** An entity has at most one onboarding that isn't over, and that one counts. */
function withKyb(status: string): Prisma.Sql {
  if (status === 'ours') return Prisma.sql`${KYB_WAIT} IN ('not_started', 'to_complete', 'rejected')`;
  const any = Prisma.sql`SELECT 1 FROM onboardings o WHERE o.entity_id = e.id`;
  if (status === 'none') return Prisma.sql`NOT EXISTS (${any})`;
  const so = Prisma.sql`EXISTS (${any} AND o.status = ${status})`;
  if (!isOver(status)) return so;
  return Prisma.sql`(${so} AND NOT EXISTS (${any} AND o.status NOT IN ('rejected', 'cancelled')))`;
}
