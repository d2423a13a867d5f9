import { db } from '~/lib/db';
import { toDecimal } from '~/lib/money';
import type { Reader } from '~/lib/people/sight';
import { dayZone, payoutAssets, railNamed } from '~/lib/rails/registry';
import { listTransfers } from '~/lib/transfers/read';
import { byFit, type Comparable, type Fit, fitOf, NEAR_AMOUNT, NEAR_DAYS } from '~/lib/whereabouts/compare';
import type { Sought } from '~/lib/whereabouts/receipt';
import { addDays, amountIn } from '~/lib/whereabouts/values';
import { listWithdrawals } from '~/lib/withdrawals/read';

/** A transfer or a withdrawal that may be the payment: of a withdrawal's transfer, the withdrawal. */
export type Candidate = { kind: 'transfer' | 'withdrawal'; id: string; at: Date; fit: Fit };

/** Of each way of searching, so many; what many payments have in common tells nobody which it is. */
const LOOKED_AT = 20;

type Query = Pick<
  Parameters<typeof listTransfers>[1],
  'text' | 'asset' | 'minAmount' | 'maxAmount' | 'from' | 'to'
>;

/** The payments that what was said may be of, the closest first. Claves de rastreo and ids settle it; all else is searched together. */
export async function candidatesOf(reader: Reader, sought: Sought): Promise<Candidate[]> {
  const named = await fitting(reader, sought, namings(sought));
  return named.some(({ fit }) => fit.how === 'same')
    ? named
    : fitting(reader, sought, [...namings(sought), ...descriptions(sought)]);
}

async function fitting(reader: Reader, sought: Sought, queries: Query[]): Promise<Candidate[]> {
  const found = await Promise.all(queries.flatMap((query) => searches(reader, query)));
  const payments = await comparables(found.flat());
  return payments
    .flatMap(({ kind, id, at, ...payment }) => {
      const fit = fitOf(sought, { id, ...payment });
      return fit ? [{ kind, id, at, fit }] : [];
    })
    .sort((one, other) => byFit(one.fit, other.fit) || other.at.getTime() - one.at.getTime());
}

/** What names one payment. */
function namings({ id, key }: Sought): Query[] {
  return [...(id ? [{ text: id }] : []), ...(key ? [{ text: key }] : [])];
}

function descriptions({ clabes, names, amount, day, reference, key }: Sought): Query[] {
  const within: Query = day ? windowOf(day) : {};
  const texts = [...clabes, ...names, ...(reference && reference !== key ? [reference] : [])];
  if (amount === null) return texts.map((text) => ({ ...within, text }));
  return payoutAssets().flatMap((asset) => {
    const said = amountIn(asset, amount);
    if (said === null) return [];
    if (texts.length === 0 && !day) return [{ text: toDecimal(said, asset), asset: [asset] }];
    const near = amountIn(asset, NEAR_AMOUNT) ?? 0n;
    const about: Query = {
      ...{ ...within, asset: [asset] },
      ...{ minAmount: said > near ? said - near : 1n, maxAmount: said + near },
    };
    return [...texts.map((text) => ({ ...about, text })), ...(day ? [about] : [])];
  });
}

/** Wide enough for every zone: days are compared as days later. */
function windowOf(day: string): { from: Date; to: Date } {
  return {
    from: new Date(`${addDays(day, -NEAR_DAYS)}T00:00:00Z`),
    to: new Date(`${addDays(day, NEAR_DAYS + 2)}T00:00:00Z`),
  };
}

type Found = { kind: 'transfer' | 'withdrawal'; id: string };

/** A direction at a time: each has its index by day. */
function searches(reader: Reader, query: Query): Promise<Found[]>[] {
  return [
    ...(['inbound', 'outbound'] as const).map(async (direction) =>
      (await listTransfers(reader, { ...query, direction }, LOOKED_AT)).items.map(({ id }) => ({
        kind: 'transfer' as const,
        id,
      })),
    ),
    listWithdrawals(reader, query, LOOKED_AT).then(({ items }) =>
      items.map(({ id }) => ({ kind: 'withdrawal' as const, id })),
    ),
  ];
}

type Payment = Comparable & Omit<Candidate, 'fit'>;

async function comparables(found: Found[]): Promise<Payment[]> {
  const idsOf = (kind: Found['kind']) => [
    ...new Set(found.filter((each) => each.kind === kind).map(({ id }) => id)),
  ];
  const [transferIds, withdrawalIds] = [idsOf('transfer'), idsOf('withdrawal')];
  const transfers = await db().transfer.findMany({ where: { id: { in: transferIds } }, include: SIDES });
  const withdrawals = await db().withdrawal.findMany({
    where: { OR: [{ id: { in: withdrawalIds } }, { transferId: { in: transferIds } }] },
    include: { transfer: true, ...SIDES },
  });
  const paying = new Set(withdrawals.map(({ transferId }) => transferId));
  return [
    ...transfers.filter(({ id }) => !paying.has(id)).map(ofTransfer),
    ...withdrawals.map(({ transfer, wallet, ...asked }) => ofWithdrawal(asked, transfer, wallet)),
  ];
}

const SIDES = {
  wallet: {
    select: {
      name: true,
      customer: { select: { name: true } },
      assets: { select: { accountNumber: { select: { number: true } } } },
    },
  },
} as const;

type TransferRow = {
  id: string;
  rail: string;
  trackingKey: string | null;
  amount: bigint;
  asset: string;
  transactedAt: Date;
  accountNumber: string | null;
  counterpartyNumber: string | null;
  counterpartyName: string | null;
  referenceId: string | null;
};
type Side = {
  name: string;
  customer: { name: string } | null;
  assets: { accountNumber: { number: string } | null }[];
} | null;

const numbersOf = (wallet: Side) =>
  wallet?.assets.map(({ accountNumber }) => accountNumber?.number ?? null) ?? [];

function ofTransfer({ wallet, ...row }: TransferRow & { wallet: Side }): Payment {
  return {
    kind: 'transfer',
    id: row.id,
    transferId: row.id,
    trackingKey: row.trackingKey,
    amount: row.amount,
    asset: row.asset,
    at: row.transactedAt,
    day: dayIn(row.transactedAt, dayZone(row.asset, railNamed(row.rail))),
    clabes: [row.accountNumber, row.counterpartyNumber, ...numbersOf(wallet)],
    names: [row.counterpartyName, wallet?.customer?.name ?? null, wallet?.name ?? null],
    referenceId: row.referenceId,
  };
}

type AskedRow = {
  id: string;
  amount: bigint;
  asset: string;
  destination: string;
  beneficiaryName: string | null;
  referenceId: string | null;
  transferId: string | null;
  createdAt: Date;
};

function ofWithdrawal(asked: AskedRow, transfer: TransferRow | null, wallet: Side): Payment {
  const at = transfer?.transactedAt ?? asked.createdAt;
  return {
    kind: 'withdrawal',
    id: asked.id,
    transferId: asked.transferId,
    trackingKey: transfer?.trackingKey ?? null,
    amount: asked.amount,
    asset: asked.asset,
    at,
    day: dayIn(at, transfer ? dayZone(asked.asset, railNamed(transfer.rail)) : dayZone(asked.asset)),
    clabes: [asked.destination, transfer?.accountNumber ?? null, ...numbersOf(wallet)],
    names: [
      asked.beneficiaryName,
      transfer?.counterpartyName ?? null,
      wallet?.customer?.name ?? null,
      wallet?.name ?? null,
    ],
    referenceId: asked.referenceId ?? transfer?.referenceId ?? null,
  };
}

/** Sweden writes its dates as ISO 8601 does. */
function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}
