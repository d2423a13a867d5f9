import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { type InFlight, inFlight } from '~/lib/patterns/in-flight';
import { standsFor } from '~/lib/patterns/money';
import { type Obstacle, obstacleTo } from '~/lib/patterns/obstacles';
import { openedCustomer } from '~/lib/people/kept';
import { unfit } from '~/lib/terms/eligibility';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import type { WalletPattern } from '~/prisma/generated/enums';

/** What a move of a wallet's asset to another pattern would be as things stand. Amounts in the smallest unit. */
export type MovePreview = {
  from: WalletPattern;
  to: WalletPattern;
  asset: string;
  obstacle: Obstacle | null;
  /** Why the terms don't allow it, as a key of the `invalid` messages. */
  unfit: string | null;
  /** What has to end before the wallet gets its new account. */
  inFlight: InFlight;
  /** Set aside by hand: it stays so, and moves along. */
  holds: { count: number; amount: bigint };
  /** What is brought to the new account by one payment, and from where. */
  amount: bigint;
  fromAccount: { id: string; description: string | null; isRoot: boolean };
  /** The number that the wallet has now, and whether it can ever be given up: an account's first one can't. */
  number: string;
  keepsNumberForGood: boolean;
  /** Who the new account is in the name of. */
  holder: string | null;
};

/** Null where the asset has no account yet, or never will: a wallet of the platform's own. Throws `not_found`, `invalid`. */
export async function previewMove(of: {
  walletId: string;
  asset: string;
  to: WalletPattern;
}): Promise<MovePreview | null> {
  const { walletId, asset, to } = of;
  const wallet = await getInAsset(db(), walletId, asset);
  const { pattern, accountId, accountNumberId, customerId } = wallet;
  if (!pattern || !accountId || !accountNumberId || !customerId) return null;
  const [customer, account, number, terms, holds] = await Promise.all([
    db()
      .customer.findUniqueOrThrow({ where: { id: customerId } })
      .then((kept) => openedCustomer(db(), kept)),
    db().account.findUniqueOrThrow({ where: { id: accountId } }),
    db().accountNumber.findUniqueOrThrow({ where: { id: accountNumberId } }),
    db().walletTerms.findUniqueOrThrow({ where: { id: wallet.termsId } }),
    holdsOf(walletId, asset),
  ]);
  const [{ obstacle, entityId }, standing, { amount }] = await Promise.all([
    obstacleTo(db(), { wallet, customer, to }),
    inFlight(db(), { walletId, asset }),
    standsFor(db(), { walletId, asset, pattern, accountId }),
  ]);
  const holder = entityId
    ? await db().entity.findUnique({ where: { id: entityId } })
    : await db().entity.findFirst({ where: { isRoot: true, rail: account.rail } });
  return {
    ...{ from: pattern, to, asset, obstacle, inFlight: standing, holds, amount },
    unfit: unfit(terms, customer, { hasKyb: to === 'C' && obstacle === null }),
    fromAccount: { id: account.id, description: account.description, isRoot: account.isRoot },
    number: number.number,
    keepsNumberForGood: number.isRoot,
    holder: to === 'C' && !entityId ? customer.name : (holder?.holderName ?? null),
  };
}

async function holdsOf(walletId: string, asset: string) {
  const [row] = await db().$queryRaw<{ count: number; amount: bigint }[]>`
    SELECT count(*)::int AS count, coalesce(sum(h.amount - h.captured_amount - h.released_amount), 0)::bigint AS amount FROM holds h
    WHERE h.wallet_id = ${walletId}::uuid AND h.asset = ${asset} AND h.state = 'active'`;
  if (!row) throw notFound('wallet', walletId);
  return row;
}
