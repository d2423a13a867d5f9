import type { WhyApproval } from '~/lib/approvals/rules';
import { bankShown } from '~/lib/clabe-bank';
import type { Personal } from '~/lib/people/masking';
import type { DestinationKind } from '~/lib/rails/destination';
import type { ApprovalFacts } from '~/lib/withdrawals/approval-facts';

/** Everything that a decision on one withdrawal is about: the inbox and each dialog show the same. */
export type SignedWithdrawal = ApprovalFacts & {
  id: string;
  createdAt: Date;
  /** When it goes back to the wallet by itself. */
  endsAt: Date;
  amount: bigint;
  feeAmount: bigint;
  asset: string;
  wallet: { id: string; name: string; houseRole: string | null; customer: string | null };
  beneficiaryName: string | null;
  destinationKind: DestinationKind;
  destination: Personal;
  beneficiaryBank: string | null;
  comment: string | null;
  referenceId: string | null;
  requestedBy: string;
  approvalReason: WhyApproval | null;
};

type Signable = Omit<SignedWithdrawal, 'wallet'> & {
  wallet: { id: string; name: string; houseRole: string | null; customer: { name: string } | null };
};

/** That of one withdrawal, and no more: it goes to the browser. */
export function signedItem(item: Signable): SignedWithdrawal {
  const { wallet, destination } = item;
  return {
    id: item.id,
    createdAt: item.createdAt,
    endsAt: item.endsAt,
    amount: item.amount,
    feeAmount: item.feeAmount,
    asset: item.asset,
    wallet: {
      id: wallet.id,
      name: wallet.name,
      houseRole: wallet.houseRole,
      customer: wallet.customer?.name ?? null,
    },
    beneficiaryName: item.beneficiaryName,
    destinationKind: item.destinationKind,
    destination,
    beneficiaryBank: bankShown(destination, item.beneficiaryBank),
    comment: item.comment,
    referenceId: item.referenceId,
    requestedBy: item.requestedBy,
    approvalReason: item.approvalReason,
    paid: item.paid,
    known: item.known,
    alike: item.alike,
    otherName: item.otherName,
    sameAs: item.sameAs,
    blocked: item.blocked,
  };
}
