import type { Prisma } from '~/prisma/generated/client';
import type { TransferState, WithdrawalStatus } from '~/prisma/generated/enums';

export type WithdrawalFilter = {
  status?: WithdrawalStatus[] | undefined;
  walletId?: string | undefined;
  asset?: string[] | undefined;
  text?: string | undefined;
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  /** Of when it was asked for. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
  /** Of its last change of state. */
  changedSince?: Date | undefined;
  /** Who doesn't see a beneficiary's number finds by the whole one only, not out by its beginnings. */
  wholeOnly?: boolean;
};

export function withdrawalsMatching(filter: WithdrawalFilter): Prisma.WithdrawalWhereInput {
  const { status, walletId, asset, minAmount, maxAmount, from, to, changedSince } = filter;
  const words = filter.text?.trim();
  const bare = words?.replace(/\s/g, '') ?? '';
  return {
    ...(words && {
      OR: [
        { beneficiaryName: { contains: words, mode: 'insensitive' as const } },
        { beneficiaryNumber: { [filter.wholeOnly ? 'equals' : 'startsWith']: bare } },
        { transfer: { trackingKey: bare } },
        { transferId: bare },
        { comment: { contains: words, mode: 'insensitive' as const } },
        { wallet: { customer: { name: { contains: words, mode: 'insensitive' as const } } } },
      ],
    }),
    ...(status && { status: { in: status } }),
    ...(walletId && { walletId }),
    ...(asset && { asset: { in: asset } }),
    AND: [
      minAmount === undefined ? {} : { amount: { gte: minAmount } },
      maxAmount === undefined ? {} : { amount: { lte: maxAmount } },
      from ? { createdAt: { gte: from } } : {},
      to ? { createdAt: { lt: to } } : {},
      changedSince ? { updatedAt: { gte: changedSince } } : {},
    ],
  };
}

export type TransferFilter = {
  direction?: 'inbound' | 'outbound' | undefined;
  state?: TransferState[] | undefined;
  suspenseReason?: string[] | undefined;
  asset?: string[] | undefined;
  text?: string | undefined;
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  /** Of when Fintoc says that it happened. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
};

export function transfersMatching(filter: TransferFilter): Prisma.TransferWhereInput {
  const { direction, state, suspenseReason, asset, minAmount, maxAmount, from, to } = filter;
  const words = filter.text?.trim();
  const bare = words?.replace(/\s/g, '') ?? '';
  return {
    ...(words && {
      OR: [
        { id: bare },
        { trackingKey: bare },
        { referenceId: bare },
        { counterpartyNumber: bare },
        { accountNumber: bare },
        { counterpartyName: { contains: words, mode: 'insensitive' as const } },
        { wallet: { name: { contains: words, mode: 'insensitive' as const } } },
        { wallet: { customer: { name: { contains: words, mode: 'insensitive' as const } } } },
      ],
    }),
    ...(direction && { direction }),
    ...(state && { state: { in: state } }),
    ...(suspenseReason && { suspenseReason: { in: suspenseReason } }),
    ...(asset && { asset: { in: asset } }),
    AND: [
      minAmount === undefined ? {} : { amount: { gte: minAmount } },
      maxAmount === undefined ? {} : { amount: { lte: maxAmount } },
      from ? { transactedAt: { gte: from } } : {},
      to ? { transactedAt: { lt: to } } : {},
    ],
  };
}
