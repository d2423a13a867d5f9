import { db } from '~/lib/db';
import { counterpartyOf, type Personal, type Sight } from '~/lib/people/masking';
import { type Reader, type Shown, shown, sightOf } from '~/lib/people/sight';
import { takes } from '~/lib/wallets/frozen';
import type { Candidate } from '~/lib/whereabouts/candidates';
import { type Facts, type NumberRule, ruleOf, type Verdict, verdictOf } from '~/lib/whereabouts/verdict';
import type { Prisma } from '~/prisma/generated/client';

/** One payment that was found: where its money is, and what says so. Of the other side only what the reader may see. */
export type Match = {
  kind: Facts['kind'];
  id: string;
  transferId: string | null;
  amount: bigint;
  asset: string;
  at: Date;
  trackingKey: string | null;
  referenceId: string | null;
  /** The other side's. Its number is masked where the reader may not see it. */
  other: { name: string | null; number: Personal | null; bank: string | null };
  ourNumber: string | null;
  wallet: {
    id: string;
    name: string;
    houseRole: string | null;
    customer: { id: string; name: string } | null;
  } | null;
  /** SPEI's CEP; null where the reader may not see it. */
  receiptUrl: Extract<Personal, string> | null;
  sight: Sight;
  verdict: Verdict;
  fit: Candidate['fit'];
  evidence: {
    event: { id: string; type: string; receivedAt: Date } | null;
    /** The booking that the answer rests on. */
    booked: { transactionId: bigint; kind: string; postedAt: Date } | null;
    /** Of the rail's own list, and when it was found equal to our books. */
    movement: { id: string; accountId: string; at: Date; matchedAt: Date | null } | null;
  };
};

const WALLET = {
  select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
} as const;
const OF_TRANSFER = {
  wallet: WALLET,
  withdrawal: { select: { id: true } },
  requests: { where: { approval: { state: 'waiting' } }, select: { kind: true } },
} as const satisfies Prisma.TransferInclude;
const OF_WITHDRAWAL = {
  wallet: WALLET,
  transfer: { include: OF_TRANSFER },
} as const satisfies Prisma.WithdrawalInclude;

type Transfer = Prisma.TransferGetPayload<{ include: typeof OF_TRANSFER }>;
type SeenTransfer = Shown<'transfer', Transfer>;
type Withdrawal = Prisma.WithdrawalGetPayload<{ include: typeof OF_WITHDRAWAL }>;

/** Reads everything known of these payments, in their order. */
export async function matchesOf(candidates: readonly Candidate[], reader: Reader): Promise<Match[]> {
  const idsOf = (kind: Candidate['kind']) =>
    candidates.filter((each) => each.kind === kind).map(({ id }) => id);
  const [transfers, withdrawals] = await Promise.all([
    db().transfer.findMany({ where: { id: { in: idsOf('transfer') } }, include: OF_TRANSFER }),
    db().withdrawal.findMany({ where: { id: { in: idsOf('withdrawal') } }, include: OF_WITHDRAWAL }),
  ]);
  const transferIds = [
    ...transfers.map(({ id }) => id),
    ...withdrawals.flatMap(({ transferId }) => transferId ?? []),
  ];
  const said = await evidenceOf(
    transferIds,
    withdrawals.map(({ id }) => id),
  );
  const rules = await rulesOf(transfers);
  const matches = candidates.map(({ id, fit }) => {
    const withdrawal = withdrawals.find((each) => each.id === id);
    const transfer = withdrawal?.transfer ?? transfers.find((each) => each.id === id) ?? null;
    if (!withdrawal && !transfer) return null;
    const person = withdrawal
      ? ({ subject: 'withdrawal', id } as const)
      : transfer && counterpartyOf(transfer);
    const seen = transfer && shown(reader, 'transfer', person, transfer);
    const evidence = said(transfer?.id ?? null, withdrawal?.id ?? null);
    const bookedAt = evidence.booked?.postedAt ?? null;
    const match = withdrawal
      ? ofWithdrawal(shown(reader, 'withdrawal', person, withdrawal), seen, bookedAt)
      : seen && ofTransfer(seen, bookedAt, rules.get(seen.id) ?? null);
    return match && { ...match, fit, evidence, sight: sightOf(reader, person) };
  });
  return matches.filter((match) => match !== null);
}

type Told = Omit<Match, 'fit' | 'evidence' | 'sight'>;

/** Whose address may be followed; a masked one is none. */
const addressOf = (url: Personal | null) => (typeof url === 'string' ? url : null);

function ofTransfer(transfer: SeenTransfer, bookedAt: Date | null, numberRule: NumberRule | null): Told {
  const { direction, wallet, state, requests } = transfer;
  return {
    ...{ kind: direction === 'inbound' ? 'deposit' : 'payout', id: transfer.id, transferId: transfer.id },
    ...{ amount: transfer.amount, asset: transfer.asset, at: transfer.transactedAt, wallet },
    ...{
      trackingKey: transfer.trackingKey,
      referenceId: transfer.referenceId,
      receiptUrl: addressOf(transfer.receiptUrl),
    },
    ourNumber: transfer.accountNumber,
    other: {
      name: transfer.counterpartyName,
      number: transfer.counterpartyNumber,
      bank: transfer.counterpartyBank,
    },
    verdict: verdictOf({
      kind: direction === 'inbound' ? 'deposit' : 'payout',
      state,
      hasWallet: wallet !== null,
      suspenseReason: transfer.suspenseReason,
      suspenseSince: transfer.suspenseSince,
      asked: requests[0]?.kind ?? null,
      returnRequestedAt: transfer.returnRequestedAt,
      why: transfer.returnReason ?? transfer.errorReason,
      heldReason: null,
      numberRule,
      purpose: transfer.purpose,
      at: transfer.transactedAt,
      bookedAt,
      changedAt: transfer.updatedAt,
    }),
  };
}

function ofWithdrawal(
  withdrawal: Shown<'withdrawal', Withdrawal>,
  transfer: SeenTransfer | null,
  bookedAt: Date | null,
): Told {
  const { wallet, status } = withdrawal;
  const at = transfer?.transactedAt ?? withdrawal.createdAt;
  return {
    ...{ kind: 'withdrawal', id: withdrawal.id, transferId: withdrawal.transferId, wallet, at },
    ...{ amount: withdrawal.amount, asset: withdrawal.asset, trackingKey: transfer?.trackingKey ?? null },
    referenceId: withdrawal.referenceId ?? transfer?.referenceId ?? null,
    receiptUrl: addressOf(transfer?.receiptUrl ?? null),
    ourNumber: transfer?.accountNumber ?? null,
    other: {
      name: withdrawal.beneficiaryName ?? transfer?.counterpartyName ?? null,
      number: withdrawal.destination,
      bank: withdrawal.beneficiaryBank ?? transfer?.counterpartyBank ?? null,
    },
    verdict: verdictOf({
      kind: 'withdrawal',
      state: status,
      hasWallet: true,
      suspenseReason: transfer?.suspenseReason ?? null,
      suspenseSince: transfer?.suspenseSince ?? null,
      asked: transfer?.requests[0]?.kind ?? null,
      returnRequestedAt: null,
      why: withdrawal.failureCode ?? transfer?.returnReason ?? transfer?.errorReason ?? null,
      heldReason: withdrawal.heldReason,
      numberRule: null,
      purpose: null,
      at: withdrawal.createdAt,
      bookedAt,
      changedAt: withdrawal.updatedAt,
    }),
  };
}

/** Of deposits that were refused, the rule of the number that they were sent to. */
async function rulesOf(transfers: Transfer[]): Promise<Map<string, NumberRule>> {
  const refused = transfers.filter(({ direction, state }) => direction === 'inbound' && state === 'rejected');
  const numbers = await db().accountNumber.findMany({
    where: { id: { in: refused.flatMap(({ accountNumberId }) => accountNumberId ?? []) } },
    select: {
      id: true,
      status: true,
      walletAsset: {
        select: { wallet: { select: { status: true, frozenDeposits: true, frozenDirection: true } } },
      },
    },
  });
  return new Map(
    refused.flatMap(({ id, accountNumberId }): [string, NumberRule][] => {
      const number = numbers.find((each) => each.id === accountNumberId);
      if (!number) return [];
      const { status: numberStatus, walletAsset } = number;
      const wallet = walletAsset?.wallet ?? null;
      const walletStatus = wallet && (takes(wallet) ? 'open' : wallet.status);
      const frozenDeposits = wallet?.frozenDeposits ?? null;
      return [[id, ruleOf({ numberStatus, walletStatus, frozenDeposits })]];
    }),
  );
}

/** What puts money where it is said to be: on a wallet, or with the beneficiary. */
const BOOKED = [
  'deposit',
  'payout_settled',
  'deposit_return_settled',
  'withdrawal_return',
  'withdrawal_release',
];

async function evidenceOf(transferIds: string[], withdrawalIds: string[]) {
  const kind = { in: BOOKED };
  const [ofTransfers, ofWithdrawals, events, movements] = await Promise.all([
    db().ledgerTransaction.findMany({
      where: { transferId: { in: transferIds }, kind },
      orderBy: { id: 'desc' },
    }),
    db().ledgerTransaction.findMany({
      where: { withdrawalId: { in: withdrawalIds }, kind },
      orderBy: { id: 'desc' },
    }),
    db().inboxEvent.findMany({
      where: { objectId: { in: transferIds } },
      orderBy: { receivedAt: 'desc' },
      select: { id: true, type: true, receivedAt: true, objectId: true },
    }),
    db().proofMovement.findMany({
      where: { resourceId: { in: transferIds } },
      orderBy: { position: 'desc' },
    }),
  ]);
  const postings = [...ofTransfers, ...ofWithdrawals];
  return (transferId: string | null, withdrawalId: string | null): Match['evidence'] => {
    const posting = postings.find(
      (each) =>
        (transferId !== null && each.transferId === transferId) ||
        (withdrawalId !== null && each.withdrawalId === withdrawalId),
    );
    const event = events.find(({ objectId }) => transferId !== null && objectId === transferId);
    const movement = movements.find(({ resourceId }) => transferId !== null && resourceId === transferId);
    return {
      event: event ? { id: event.id, type: event.type, receivedAt: event.receivedAt } : null,
      booked: posting ? { transactionId: posting.id, kind: posting.kind, postedAt: posting.postedAt } : null,
      movement: movement
        ? { id: movement.id, accountId: movement.accountId, at: movement.at, matchedAt: movement.matchedAt }
        : null,
    };
  };
}
