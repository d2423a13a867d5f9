import type { CaseSubject } from '~/lib/cases/kinds';
import type { Tx } from '~/lib/db';
import { notFound } from '~/lib/errors';
import type { Person } from '~/lib/people/masking';
import { isUuid } from '~/lib/uuid';

export type SubjectRef = { subjectType: CaseSubject; subjectId: string };

/** What a case is about, as its page names it. */
export type Subject = {
  customerId: string | null;
  customerName: string | null;
  amount: bigint | null;
  asset: string | null;
  /** Whose personal data stands in it. */
  person: Person | null;
  /** For a claim: what is known of the payment. */
  payment: {
    trackingKey: string | null;
    at: Date;
    otherBank: string | null;
    /** The beneficiary's: ours of a deposit, theirs of a withdrawal. */
    beneficiaryAccount: string | null;
    direction: 'inbound' | 'outbound';
  } | null;
};

const CUSTOMER = { select: { customer: { select: { id: true, name: true } } } } as const;
type Owned = { customer: { id: string; name: string } | null } | null;

const ofCustomer = (wallet: Owned) => ({
  customerId: wallet?.customer?.id ?? null,
  customerName: wallet?.customer?.name ?? null,
});

/** Throws `not_found` where there is no such thing. */
export async function subjectOf(tx: Tx, { subjectType, subjectId: id }: SubjectRef): Promise<Subject> {
  const found = subjectType === 'transfer' || isUuid(id) ? await look(tx, subjectType, id) : null;
  if (!found) throw notFound(subjectType, id);
  return found;
}

async function look(tx: Tx, subjectType: CaseSubject, id: string): Promise<Subject | null> {
  switch (subjectType) {
    case 'customer': {
      const customer = await tx.customer.findUnique({ where: { id }, select: { id: true, name: true } });
      const person = { subject: 'customer', id } as const;
      return customer && { ...ofCustomer({ customer }), amount: null, asset: null, person, payment: null };
    }
    case 'transfer':
      return ofTransfer(tx, id);
    case 'withdrawal':
      return ofWithdrawal(tx, id);
    case 'proof_break': {
      const broken = await tx.proofBreak.findUnique({ where: { id } });
      return (
        broken && {
          ...ofCustomer(null),
          amount: broken.difference,
          asset: broken.asset,
          person: null,
          payment: null,
        }
      );
    }
  }
}

async function ofTransfer(tx: Tx, id: string): Promise<Subject | null> {
  const row = await tx.transfer.findUnique({ where: { id }, include: { wallet: CUSTOMER } });
  if (!row) return null;
  const isIn = row.direction === 'inbound';
  return {
    ...ofCustomer(row.wallet),
    ...{ amount: row.amount, asset: row.asset, person: { subject: 'transfer', id } },
    payment: {
      ...{
        trackingKey: row.trackingKey,
        at: row.transactedAt,
        otherBank: row.counterpartyBank,
        direction: row.direction,
      },
      beneficiaryAccount: isIn ? row.accountNumber : row.counterpartyNumber,
    },
  };
}

async function ofWithdrawal(tx: Tx, id: string): Promise<Subject | null> {
  const row = await tx.withdrawal.findUnique({
    where: { id },
    include: { wallet: CUSTOMER, transfer: true },
  });
  return (
    row && {
      ...ofCustomer(row.wallet),
      ...{ amount: row.amount, asset: row.asset, person: { subject: 'withdrawal', id } },
      payment: {
        ...{
          trackingKey: row.transfer?.trackingKey ?? null,
          at: row.transfer?.transactedAt ?? row.createdAt,
        },
        ...{ otherBank: row.beneficiaryBank, beneficiaryAccount: row.destination, direction: 'outbound' },
      },
    }
  );
}
