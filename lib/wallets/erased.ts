import type { Tx } from '~/lib/db';
import type { RailAccount, RailNumber } from '~/lib/rails/rail-says';
import { isUuid } from '~/lib/uuid';
import type { Prisma } from '~/prisma/generated/client';

/*
 * What a rail calls the accounts and numbers of a customer: mostly after them. Who is erased here stands there as ever, so
 * a sync would say it anew.
 */

/** A wallet whose customer may be erased. */
const WHOSE = { select: { customer: { select: { erasedAt: true } } } } as const;
type Whose = { customer: { erasedAt: Date | null } | null };

const isGone = (wallet: Whose | null | undefined) => Boolean(wallet?.customer?.erasedAt);

/** An account as it is kept here: of who was erased without what it is called, and what the rail said of whom it is. */
export async function keptAccount(tx: Tx, account: RailAccount): Promise<RailAccount> {
  return (await isOfErased(tx, account)) ? { ...account, description: null, raw: {} } : account;
}

/** The same of an account number; what we marked it with are ids of ours, and stay. */
export async function keptNumber(tx: Tx, number: RailNumber): Promise<RailNumber> {
  if (!(await isNumberOfErased(tx, number))) return number;
  return { ...number, description: null, metadata: idsIn(number.metadata), raw: {} };
}

/** Whether an account is one customer's alone, who was erased: by its entity, its wallet, or the one that moved from it. */
async function isOfErased(tx: Tx, { id, entityId }: { id: string; entityId: string }): Promise<boolean> {
  if (isGone(await tx.entity.findUnique({ where: { id: entityId }, ...WHOSE }))) return true;
  const standing = await tx.walletAsset.findFirst({
    where: { accountId: id },
    select: { pattern: true, wallet: WHOSE },
  });
  if (standing) return standing.pattern !== 'A' && isGone(standing.wallet);
  const left = await tx.patternMove.findFirst({
    where: { fromAccountId: id, fromPattern: { not: 'A' } },
    select: { wallet: WHOSE },
  });
  return isGone(left?.wallet);
}

async function isNumberOfErased(tx: Tx, { id, accountId, marks }: RailNumber): Promise<boolean> {
  const marked = isUuid(marks.walletId ?? '')
    ? await tx.wallet.findUnique({ where: { id: marks.walletId ?? '' }, ...WHOSE })
    : null;
  if (isGone(marked)) return true;
  const held = await tx.walletAsset.findUnique({ where: { accountNumberId: id }, select: { wallet: WHOSE } });
  if (held) return isGone(held.wallet);
  const brings = { OR: [{ arrivalNumberId: id }, { backNumberId: id }] };
  const move = await tx.patternMove.findFirst({ where: brings, select: { wallet: WHOSE } });
  if (move) return isGone(move.wallet);
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { entityId: true } });
  return account !== null && isOfErased(tx, { id: accountId, entityId: account.entityId });
}

function idsIn(metadata: unknown): Prisma.InputJsonObject {
  const facts = typeof metadata === 'object' && metadata !== null ? Object.entries(metadata) : [];
  return Object.fromEntries(facts.filter(([, value]) => typeof value === 'string' && isUuid(value)));
}

/** Takes it out of what stands here already, of a customer who is erased now. */
export async function forgetCalled(tx: Tx, customerId: string): Promise<void> {
  const of = { wallet: { customerId } };
  const moves = await tx.patternMove.findMany({ where: of });
  const held = await tx.walletAsset.findMany({ where: of });
  const accounts = await tx.account.findMany({
    where: {
      OR: [
        { entity: { customerId } },
        { id: { in: held.flatMap(({ pattern, accountId }) => (pattern === 'A' ? [] : (accountId ?? []))) } },
        {
          id: {
            in: moves.flatMap(({ fromPattern, fromAccountId }) => (fromPattern === 'A' ? [] : fromAccountId)),
          },
        },
      ],
    },
    select: { id: true },
  });
  const ids = accounts.map(({ id }) => id);
  await tx.account.updateMany({ where: { id: { in: ids } }, data: { description: null, raw: {} } });
  const own = [
    ...held.map(({ accountNumberId }) => accountNumberId),
    ...moves.flatMap((move) => [move.fromNumberId, move.toNumberId, move.arrivalNumberId, move.backNumberId]),
  ];
  const numbers = await tx.accountNumber.findMany({
    where: { OR: [{ accountId: { in: ids } }, { id: { in: own.filter((id) => id !== null) } }] },
    select: { id: true, metadata: true },
  });
  for (const { id, metadata } of numbers)
    await tx.accountNumber.update({
      where: { id },
      data: { description: null, metadata: idsIn(metadata), raw: {} },
    });
}
