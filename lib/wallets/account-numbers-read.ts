import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import {
  type Reader,
  type Shown,
  type ShownAccount,
  seesAll,
  shown,
  shownAccount,
  shownAll,
} from '~/lib/people/sight';
import { railOf } from '~/lib/rails/registry';
import { late } from '~/lib/replica';
import { pageOf, type Search } from '~/lib/search/page';
import { anyOf, type Sayings, saysSeenWords, type Typed, typedSearch } from '~/lib/search/typed';
import { type NamedAccount, namedAccounts } from '~/lib/wallets/account-holders';
import { DELETED } from '~/lib/wallets/account-numbers';
import { isWalletNamed, ownNumber, walletsNamed } from '~/lib/wallets/search';
import { Prisma } from '~/prisma/generated/client';

export type AccountNumberFilter = {
  text?: string | undefined;
  status?: string[] | undefined;
  linked?: 'wallet' | 'none' | undefined;
  root?: boolean | undefined;
  /** Live, of a wallet, and without a deposit for so many days. */
  dormantDays?: number | undefined;
  cursor?: string | undefined;
};

const LISTED = {
  walletAsset: {
    select: {
      wallet: {
        select: {
          ...{ id: true, name: true, houseRole: true, status: true },
          customer: { select: { id: true, name: true } },
        },
      },
    },
  },
} satisfies Prisma.AccountNumberInclude;

type Listed = Prisma.AccountNumberGetPayload<{ include: typeof LISTED }>;

export type AccountNumberRow = Omit<Listed, 'walletAsset'> & {
  account: NamedAccount;
  wallet: NonNullable<Listed['walletAsset']>['wallet'] | null;
};

export const listAccountNumbers = late(pageOfNumbers);

async function pageOfNumbers(
  reader: Reader,
  filter: AccountNumberFilter,
  size = PAGE_SIZE,
): Promise<Page<AccountNumberRow>> {
  const { text, status, linked, root, dormantDays, cursor } = filter;
  const typed = await typedSearch(text);
  const wallet = Prisma.sql`SELECT 1 FROM wallet_assets h WHERE h.account_number_id = n.id`;
  return pageOf(
    {
      table: Prisma.sql`account_numbers`,
      alias: Prisma.sql`n`,
      ids: 'word',
      by: { column: Prisma.sql`n.created_at`, kind: 'time', direction: 'desc' },
      where: [
        status && Prisma.sql`n.status = ANY (${status})`,
        root !== undefined && Prisma.sql`n.is_root = ${root}`,
        dormantDays !== undefined && isDormant(dormantDays),
        linked === 'wallet' && Prisma.sql`EXISTS (${wallet})`,
        linked === 'none' && Prisma.sql`NOT EXISTS (${wallet})`,
      ],
      search: typed && numberSearch(typed, !seesAll(reader)),
      cursor,
    },
    size,
    async (ids) => shownAll(reader, 'accountNumber', await numberRows(reader, ids)),
  );
}

/** Of n: what no money came to for so long, since it stands. A root number is never anybody's alone. */
function isDormant(days: number): Prisma.Sql {
  return Prisma.sql`(NOT n.is_root AND n.status <> ${DELETED}
    AND coalesce(n.last_transfer_at, n.created_at) < now() - make_interval(days => ${days}::int)
    AND EXISTS (SELECT 1 FROM wallet_assets h WHERE h.account_number_id = n.id))`;
}

async function numberRows(reader: Reader, ids: string[]): Promise<AccountNumberRow[]> {
  const numbers = await db().accountNumber.findMany({ where: { id: { in: ids } }, include: LISTED });
  const named = await namedAccounts(
    reader,
    numbers.map(({ accountId }) => accountId),
  );
  return numbers.map(({ walletAsset, ...number }) => ({
    ...number,
    account: named(number.accountId),
    wallet: walletAsset?.wallet ?? null,
  }));
}

const SAID: Sayings = { text: Prisma.sql`n.search_text`, of: [Prisma.sql`n.description`] };

function numberSearch(typed: Typed, wholeOnly: boolean): Search {
  const own = anyOf([
    saysSeenWords(SAID, typed, wholeOnly),
    ...ownNumber(typed),
    Prisma.sql`n.id = ${typed.whole}`,
  ]);
  const link = Prisma.sql`SELECT h.wallet_id FROM wallet_assets h WHERE h.account_number_id = n.id`;
  return {
    own,
    elsewhere: [
      {
        ids: Prisma.sql`SELECT h.account_number_id FROM (${walletsNamed(typed)}) x(id) JOIN wallet_assets h ON h.wallet_id = x.id`,
        columns: [Prisma.sql`n.id`],
      },
    ],
    matches: anyOf([own, isWalletNamed(Prisma.sql`(${link})`, typed)]),
  };
}

const HELD_BY = { entity: { select: { id: true, holderName: true } } } satisfies Prisma.AccountInclude;

export type AccountRow = ShownAccount<Prisma.AccountGetPayload<{ include: typeof HELD_BY }>>;

/** The platform's own accounts at Fintoc: one per asset. */
export async function listRootAccounts(reader: Reader): Promise<AccountRow[]> {
  const accounts = await db().account.findMany({
    where: { isRoot: true },
    orderBy: { createdAt: 'asc' },
    include: HELD_BY,
  });
  return accounts.map((account) => shownAccount(reader, null, account));
}

const RECENT_TRANSFERS = 10;

const WHOLE = {
  account: { include: HELD_BY },
  walletAsset: { include: { wallet: { include: { customer: { select: { id: true, name: true } } } } } },
} satisfies Prisma.AccountNumberInclude;
const OF_TRANSFER = {
  wallet: { select: { id: true, name: true, houseRole: true } },
} satisfies Prisma.TransferInclude;

type Whole = Prisma.AccountNumberGetPayload<{ include: typeof WHOLE }>;

export type AccountNumberRecord = Omit<Whole, 'account' | 'walletAsset'> & {
  /** What it takes, in the smallest unit; null where its rail sets no limit. */
  minAmount: bigint | null;
  maxAmount: bigint | null;
  account: AccountRow & NamedAccount;
  wallet: NonNullable<Whole['walletAsset']>['wallet'] | null;
  transfers: Shown<'transfer', Prisma.TransferGetPayload<{ include: typeof OF_TRANSFER }>>[];
};

/** An account number with its account, its wallet and the newest transfers that came in on it. */
export async function getAccountNumberPage(reader: Reader, id: string): Promise<AccountNumberRecord> {
  const number = await db().accountNumber.findUnique({ where: { id }, include: WHOLE });
  if (!number) throw notFound('account_number', id);
  const { walletAsset, account, ...facts } = number;
  const wallet = walletAsset?.wallet ?? null;
  const named = await namedAccounts(reader, [account.id]);
  const transfers = await db().transfer.findMany({
    where: { direction: 'inbound', accountNumberId: id },
    orderBy: [{ transactedAt: 'desc' }, { id: 'desc' }],
    take: RECENT_TRANSFERS,
    include: OF_TRANSFER,
  });
  return {
    ...shown(reader, 'accountNumber', null, facts),
    ...railOf(facts.accountId).numberLimits(facts.raw),
    account: { ...shownAccount(reader, null, account), ...named(account.id) },
    wallet: wallet && shown(reader, 'wallet', null, wallet),
    transfers: shownAll(reader, 'transfer', transfers),
  };
}
