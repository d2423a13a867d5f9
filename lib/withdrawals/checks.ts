import type { Judgement } from '~/lib/approvals/rules';
import type { Tx } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { partsOf } from '~/lib/rails/destination';
import type { Rail } from '~/lib/rails/rail';
import { checkTaxId } from '~/lib/tax-id';
import { allows } from '~/lib/terms/limits';
import { lengthOf, lineOf } from '~/lib/text';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import { pays } from '~/lib/wallets/frozen';
import { DAY_HOURS } from '~/lib/withdrawals/approval-rule';
import { railOfWallet } from '~/lib/withdrawals/paying';
import type { WalletTerms, Withdrawal } from '~/prisma/generated/client';

export type NewWithdrawal = {
  walletId: string;
  /** Left out, of the asset that the wallet pays out, if it is one. */
  asset?: string | undefined;
  /** In the smallest unit of the asset, without the fee. */
  amount: bigint;
  /** As somebody typed it: the rail says what it is. */
  destination: string;
  beneficiaryName?: string | undefined;
  beneficiaryTaxId?: string | undefined;
  comment?: string | undefined;
  referenceId?: string | undefined;
  requestId: string;
  /** Of a part of a payout, what of the whole's fee it bears. */
  fee?: bigint | undefined;
  /** Of a part of a payout, the whole: rules and the limits of one withdrawal are about that. */
  whole?: Whole | undefined;
  /** The latest withdrawal of the same to the same within a day, which whoever asks has seen and wants another of. */
  acceptedTwin?: string | undefined;
  /** The withdrawal that ended without paying and that this one takes the place of. */
  retryOf?: string | undefined;
};

/** What a part is a part of. */
export type Whole = {
  amount: bigint;
  /** What the rules made of it when its first part was held: it is asked once. */
  judgement?: Judgement | undefined;
};

const NAME_MAX = 120;

/** Where money goes, in the one form in which it is kept. */
export type Destination = Pick<Withdrawal, 'destinationKind' | 'destination'>;

export type Beneficiary = Destination & {
  bank: string | null;
  name: string | null;
  taxId: string | null;
  comment: string | null;
  referenceId: string | null;
  /** Of name and concept, what Fintoc is sent: empty where the bank can print nothing of it. */
  printedName: string | null;
  printedComment: string | null;
};

/** Whom it goes to, each fact in the one form in which it is kept. Throws `invalid` with every field that doesn't fit. */
export function checkedBeneficiary(rail: Rail, asset: string, input: NewWithdrawal): Beneficiary {
  const { text, maxAmount, payouts } = rail.facts();
  const { taxIds = null, destinations = [] } = payouts[asset] ?? {};
  const wrong: Record<string, string> = {};
  const name = lineOf(input.beneficiaryName ?? '') || null;
  const comment = lineOf(input.comment ?? '') || null;
  const typedTaxId = lineOf(input.beneficiaryTaxId ?? '');
  const taxId = typedTaxId && taxIds ? checkTaxId(taxIds, typedTaxId) : null;
  if (input.amount <= 0n) wrong.amount = 'amount_not_positive';
  if (input.amount > maxAmount) wrong.amount = 'amount_format';
  if (lengthOf(name ?? '') > NAME_MAX) wrong.beneficiaryName = 'too_long';
  if (lengthOf(comment ?? '') > text.comment) wrong.comment = 'too_long';
  if (taxId?.ok === false) wrong.beneficiaryTaxId = `tax_id_${taxId.reason}`;
  if (input.referenceId && !rail.takesReference(input.referenceId)) wrong.referenceId = 'reference_format';
  const checked = rail.checkDestination(input.destination);
  if (!checked.ok) wrong.destination = checked.reason;
  else if (!destinations.includes(checked.kind)) wrong.destination = 'destination_unfit';
  const owner = checked.ok ? partsOf(checked.destination).taxId : undefined;
  if (owner && taxId?.ok && taxId.normalized !== owner) wrong.beneficiaryTaxId = 'tax_id_of_another';
  // The bank compares it with whose account it is.
  if (owner && name === null) wrong.beneficiaryName = 'required';
  if (!checked.ok || Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  return {
    destinationKind: checked.kind,
    destination: checked.destination,
    bank: checked.bank,
    name,
    taxId: owner ?? (taxId?.ok ? taxId.normalized : typedTaxId || null),
    comment,
    referenceId: input.referenceId || null,
    printedName: name === null ? null : rail.printed(name),
    printedComment: comment === null ? null : rail.printed(comment),
  };
}

/** What stands in the way of any withdrawal from this wallet. Answers the account that pays. */
export function checkWallet(
  wallet: Pick<AssetWallet, 'kind' | 'status' | 'frozenDirection' | 'asset' | 'rail' | 'accountId'>,
  terms: WalletTerms,
): string {
  if (!pays(wallet) || wallet.kind === 'general') {
    throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
  }
  const { asset } = wallet;
  if (!(asset in railOfWallet(wallet).facts().payouts))
    throw new DomainError('asset_not_paid_out', `Nothing is paid out in ${asset} yet.`, { asset });
  if (!wallet.accountId) throw new DomainError('account_not_ready', 'The wallet has no Fintoc account.');
  if (!allows(terms, 'outbound', wallet.rail))
    throw new DomainError('withdrawals_disabled', `Terms ${terms.name} allow no withdrawals.`);
  return wallet.accountId;
}

/** Refuses a destination that somebody blocked, with the reason. */
export async function checkBeneficiary(tx: Tx, { destination, destinationKind }: Destination): Promise<void> {
  const blocked = await tx.blockedBeneficiary.findUnique({
    where: { destination_destinationKind: { destination, destinationKind } },
  });
  refuseBlocked(blocked?.reason ?? null);
}

/** The same where it is known for what reason it is blocked, if it is. */
export function refuseBlocked(reason: string | null): void {
  if (reason !== null) throw new DomainError('beneficiary_blocked', reason, { reason });
}

export type Payment = Destination & { walletId: string; asset: string; amount: bigint };

/**
 * What was asked for within a day with the same wallet, beneficiary and amount and may pay or has, the latest first; of
 * what leaves in parts, with the amount of any of them.
 */
export function twinsOf(tx: Tx, payment: Payment, amounts: readonly bigint[] = [payment.amount]) {
  const { walletId, asset, destinationKind, destination } = payment;
  return tx.withdrawal.findMany({
    where: {
      ...{ walletId, asset, destinationKind, destination, amount: { in: [...amounts] } },
      createdAt: { gt: new Date(Date.now() - DAY_HOURS * 3_600_000) },
      status: { notIn: ['declined', 'cancelled', 'expired', 'failed', 'rejected', 'returned'] },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST_TWINS * amounts.length,
    select: { id: true, createdAt: true, status: true, requestedById: true, amount: true, batchId: true },
  });
}

/** So many are shown to whoever is asked. */
export const MOST_TWINS = 5;

/** Refuses another of the same, unless the latest within a day is the one that whoever asks has seen. */
export function refuseUnseenTwin(latest: string | null, accepted: string | undefined): void {
  if (latest !== null && latest !== accepted)
    throw new DomainError('same_payment', 'The same was asked for within a day.', { id: latest });
}
