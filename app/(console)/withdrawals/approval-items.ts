import { readWithdrawals } from '~/app/(console)/withdrawals/params';
import type { SearchParams } from '~/components/search-params';
import type { WhyApproval } from '~/lib/approvals/rules';
import { bankShown, maskClabe } from '~/lib/clabe';
import { can, type RoleName } from '~/lib/roles';
import type { ApprovalFacts } from '~/lib/withdrawals/approval-facts';
import type { Awaiting } from '~/lib/withdrawals/approvals';

export const INBOX_STATUSES = ['awaiting_approval'] as const;

/** Everything that a decision on one withdrawal is about: the list and each dialog show the same. */
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
  /** Masked already where the role may not see it. */
  destination: string;
  beneficiaryBank: string | null;
  comment: string | null;
  referenceId: string | null;
  requestedBy: string;
  approvalReason: WhyApproval | null;
};

export type WaitingWithdrawal = SignedWithdrawal & {
  /** Asked for by who looks at it: somebody else has to decide. */
  own: boolean;
};

type Reader = { id: string; role: RoleName; timeZone: string };

/** What a row shows, and no more: it goes to the browser. */
export function waitingItem(item: Awaiting, { id, role }: Reader): WaitingWithdrawal {
  return { ...signedItem(item, role), own: item.requestedById === id };
}

type Signable = Omit<SignedWithdrawal, 'wallet'> & {
  wallet: { id: string; name: string; houseRole: string | null; customer: { name: string } | null };
};

/** The same of one withdrawal, wherever it was read. */
export function signedItem(item: Signable, role: RoleName): SignedWithdrawal {
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
    destination: can(role, 'people:read') ? destination : maskClabe(destination),
    beneficiaryBank: bankShown(destination, item.beneficiaryBank),
    comment: item.comment,
    referenceId: item.referenceId,
    requestedBy: item.requestedBy,
    approvalReason: item.approvalReason,
    paid: item.paid,
    otherName: item.otherName,
    sameAs: item.sameAs,
    blocked: item.blocked,
  };
}

/** Reads which of those that wait an address of the inbox shows. */
export function readInbox(params: SearchParams, { role, timeZone }: Reader) {
  const read = readWithdrawals(params, INBOX_STATUSES, timeZone);
  return { ...read, filter: { ...read.filter, wholeOnly: !can(role, 'people:read') } };
}
