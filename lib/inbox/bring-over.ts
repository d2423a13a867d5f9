import { db, sqlState, type Tx, transaction } from '~/lib/db';
import { saveEntity, saveOnboarding, UnknownEntity } from '~/lib/entities/entities';
import { log } from '~/lib/log';
import { isAsset } from '~/lib/money';
import { RailError, type Unreadable } from '~/lib/rails/failures';
import { listOnboardings } from '~/lib/rails/fintoc/entities';
import { FIRST_RAIL } from '~/lib/rails/ids';
import type { Rail } from '~/lib/rails/rail';
import { railNamed, railNames } from '~/lib/rails/registry';
import { saveAccount, saveAccountNumber } from '~/lib/wallets/account-numbers';
import { houseWallets } from '~/lib/wallets/house';
import { Prisma } from '~/prisma/generated/client';

export type SyncCounts = { entities: number; onboardings: number; accounts: number; accountNumbers: number };

/** What one rail doesn't tell now keeps nothing of the others from coming over. Throws what the first of them said. */
export async function bringOver(): Promise<{ counts: SyncCounts; left: string[] }> {
  const counts = { entities: 0, onboardings: 0, accounts: 0, accountNumbers: 0 };
  const left: string[] = [];
  const failures: unknown[] = [];
  for (const name of railNames())
    await bringFrom(railNamed(name), counts, left).catch((error) => failures.push(error));
  for (const root of await rootAccounts())
    await attempt(left, root.id, () => linkOperatingWallet(root)).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return { counts, left };
}

/** What can't be read or stored, or hangs on what can't be, is left as it was, and keeps nothing else from coming over. */
async function bringFrom(rail: Rail, counts: SyncCounts, left: string[]): Promise<void> {
  const { name } = rail.facts();
  const aside = (item: Unreadable) => {
    log.error({ rail: name, object: item.id, raw: item.raw, reason: item.message }, 'object is unreadable');
    left.push(item.id ?? '?');
  };
  const save = async (what: keyof SyncCounts, id: string, work: (tx: Tx) => Promise<void>) => {
    const isSaved = await attempt(left, id, () => transaction(work));
    if (isSaved) counts[what] += 1;
    return isSaved;
  };
  for await (const entity of rail.holders(aside)) {
    const isSaved = await save('entities', entity.id, (tx) => saveEntity(tx, entity));
    // The KYB of holders is the first rail's own product.
    if (!isSaved || entity.isRoot || name !== FIRST_RAIL) continue;
    await attempt(left, entity.id, async () => {
      for await (const onboarding of listOnboardings(entity.id, aside))
        await save('onboardings', onboarding.id, (tx) => saveOnboarding(tx, onboarding));
    });
  }
  for await (const account of rail.accounts(aside))
    await save('accounts', account.id, (tx) => saveAccount(tx, account));
  for await (const number of rail.numbers(aside))
    await save('accountNumbers', number.id, (tx) => saveAccountNumber(tx, number));
}

/** Answers whether it was done; what is about this one object alone is left out, by its id. */
async function attempt(left: string[], id: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!isOfOneObject(error)) throw error;
    log.error({ object: id, err: error }, 'object of a rail is left out');
    left.push(id);
    return false;
  }
}

/**
 * Whether the next object may fare better: what PostgreSQL says of this one's data (classes 22, 23, 54), what Prisma
 * says of it before that, or that the rail refuses to speak of this one.
 */
function isOfOneObject(error: unknown): boolean {
  if (error instanceof RailError) return error.isOfOneObject;
  if (error instanceof UnknownEntity || error instanceof Prisma.PrismaClientValidationError) return true;
  return /^(22|23|54)/.test(sqlState(error) ?? '');
}

const OWN_NUMBERS = {
  numbers: { where: { isRoot: true, status: { not: 'deleted' } } },
} satisfies Prisma.AccountInclude;

type RootAccount = Prisma.AccountGetPayload<{ include: typeof OWN_NUMBERS }>;

function rootAccounts(): Promise<RootAccount[]> {
  return db().account.findMany({ where: { isRoot: true }, include: OWN_NUMBERS });
}

/** What arrives at a root account's own CLABE is the platform's: the house operating wallet stands on it. */
async function linkOperatingWallet(root: RootAccount): Promise<void> {
  const { id, rail, asset, numbers } = root;
  const [number] = numbers;
  if (!number || !isAsset(asset)) return;
  await transaction(async (tx) => {
    const { operating } = await houseWallets(tx, asset);
    const standing = await tx.accountNumber.findUnique({ where: { id: operating.accountNumberId ?? '' } });
    if (standing && standing.status !== 'deleted') return;
    await tx.walletAsset.update({
      where: { walletId_asset: { walletId: operating.id, asset } },
      data: { rail, accountId: id, accountNumberId: number.id, pattern: 'A' },
    });
  });
}
