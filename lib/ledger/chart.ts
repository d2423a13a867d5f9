import { railAndId } from '~/lib/rails/ids';

/**
 * The chart of accounts: which ledger account stands for what. Pure; amounts are signed debit-positive.
 */
export type LedgerSide = 'debit' | 'credit';

/** What an account's money is: PostgreSQL takes no other. */
export const BUCKETS = [
  'available',
  'pending',
  'reserved',
  'cash',
  'in_transit',
  'incoming',
  'suspense',
  'unexplained',
  'receivable',
] as const;
export type Bucket = (typeof BUCKETS)[number];

export type LedgerAccountSpec = {
  code: string;
  asset: string;
  side: LedgerSide;
  bucket: Bucket;
  ownerId: string | null;
  /** Whether Postgres refuses to let its balance go below zero. */
  nonNegative: boolean;
  /** Set where an entry is a movement of this wallet. */
  walletId: string | null;
};

export type WalletRef = {
  id: string;
  kind: 'customer' | 'house' | 'general';
  houseRole: string | null;
  asset: string;
};

export type WalletBucket = Extract<Bucket, 'available' | 'pending' | 'reserved'>;

/**
 * A wallet's balance of one kind in one asset. The available balance of a house wallet is the house account of its role
 * (house/operating, house/fees, house/settlement): the platform's own books, which may go below zero. One that has only
 * a name has an account of its own.
 */
export function walletAccount(wallet: WalletRef, bucket: WalletBucket): LedgerAccountSpec {
  const house = wallet.houseRole !== null && bucket === 'available';
  return {
    code: house ? `house/${wallet.houseRole}` : `wallet/${wallet.id}/${bucket}`,
    asset: wallet.asset,
    side: house && wallet.houseRole === 'settlement' ? 'debit' : 'credit',
    bucket,
    ownerId: wallet.id,
    nonNegative: wallet.kind === 'customer',
    walletId: bucket === 'available' ? wallet.id : null,
  };
}

/** Money on a rail: equal to the balance that it states after every movement. */
export function cash(accountId: string, asset: string): LedgerAccountSpec {
  return railAccount(accountId, asset, 'cash');
}

/** Payouts that a rail has accepted and debited and that are not final yet. */
export function inTransit(accountId: string, asset: string): LedgerAccountSpec {
  return railAccount(accountId, asset, 'in_transit');
}

/** Deposits that a rail tells of before they are final: pending for their wallet, and no cash yet. */
export function incoming(accountId: string, asset: string): LedgerAccountSpec {
  return railAccount(accountId, asset, 'incoming');
}

/** Money in that belongs to no open wallet, until an operator assigns or returns it. */
export function suspense(asset: string): LedgerAccountSpec {
  return common('suspense/unmatched', asset, 'credit', 'suspense');
}

/** Money that left a rail and that no live withdrawal of ours explains, until two people say what it was. */
export function unexplainedPayouts(asset: string): LedgerAccountSpec {
  return common('suspense/unexplained_payouts', asset, 'debit', 'unexplained');
}

/** A deposit that was returned after its customer had spent it. */
export function receivable(walletId: string, asset: string): LedgerAccountSpec {
  return { ...common(`receivable/${walletId}`, asset, 'debit', 'receivable'), ownerId: walletId };
}

function railAccount(
  accountId: string,
  asset: string,
  bucket: 'cash' | 'in_transit' | 'incoming',
): LedgerAccountSpec {
  const { rail, own } = railAndId(accountId);
  return { ...common(`${rail}/${own}/${bucket}`, asset, 'debit', bucket), ownerId: accountId };
}

function common(code: string, asset: string, side: LedgerSide, bucket: Bucket): LedgerAccountSpec {
  return { code, asset, side, bucket, ownerId: null, nonNegative: false, walletId: null };
}
