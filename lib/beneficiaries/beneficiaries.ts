import { authorize, type Requester } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { requireKnown } from '~/lib/people/kept';
import { taxIdsOf } from '~/lib/rails/destination';
import { checkedDestination } from '~/lib/rails/registry';
import { checkTaxId } from '~/lib/tax-id';
import { lengthOf, lineOf } from '~/lib/text';
import { checkBeneficiary } from '~/lib/withdrawals/checks';
import type { Beneficiary } from '~/prisma/generated/client';

export type NewBeneficiary = {
  customerId: string;
  name: string;
  taxId?: string | undefined;
  /** As somebody typed it: the rails say what it is. */
  destination: string;
  requestId: string;
};

const NAME_MAX = 120;

/**
 * Saves whom a customer pays. What was saved never changes: another number or name is another beneficiary. Throws
 * `invalid` with every field that doesn't fit, and `beneficiary_blocked`.
 */
export async function saveBeneficiary(actor: Requester, input: NewBeneficiary): Promise<Beneficiary> {
  authorize(actor, 'customers:write');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'beneficiary.save', requestId, content },
      (id) => tx.beneficiary.findUniqueOrThrow({ where: { id } }),
      () => save(tx, actor, input),
    ),
  );
}

async function save(tx: Tx, actor: Requester, input: NewBeneficiary): Promise<Beneficiary> {
  const { customerId } = input;
  const facts = checkedFacts(input);
  // Of two who save the same one at once the second sees the first's.
  await lockRow(tx, 'customers', customerId);
  const customer = await tx.customer.findUnique({ where: { id: customerId }, select: { erasedAt: true } });
  if (!customer) throw notFound('customer', customerId);
  requireKnown(customer);
  await checkBeneficiary(tx, facts);
  const { destination, destinationKind } = facts;
  const where = { customerId, destination, destinationKind, removedAt: null };
  if ((await tx.beneficiary.count({ where })) > 0)
    throw new InvalidInputError({ destination: 'already_saved' });
  const saved = await tx.beneficiary.create({ data: { customerId, ...facts, savedById: actor.id } });
  await recordAudit(tx, actor, {
    action: 'beneficiary.saved',
    subject: 'customer',
    id: customerId,
    after: saved,
  });
  return saved;
}

function checkedFacts(input: NewBeneficiary) {
  const wrong: Record<string, string> = {};
  const name = lineOf(input.name);
  const typedTaxId = lineOf(input.taxId ?? '');
  const checked = checkedDestination(input.destination);
  const country = checked.ok ? taxIdsOf(checked.kind) : null;
  const taxId = typedTaxId && country ? checkTaxId(country, typedTaxId) : null;
  if (name === '') wrong.name = 'required';
  if (lengthOf(name) > NAME_MAX) wrong.name = 'too_long';
  if (taxId?.ok === false) wrong.taxId = `tax_id_${taxId.reason}`;
  if (!checked.ok) wrong.destination = checked.reason;
  if (!checked.ok || Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  const { kind: destinationKind, destination, bank } = checked;
  return {
    name,
    taxId: taxId?.ok ? taxId.normalized : typedTaxId || null,
    destinationKind,
    destination,
    bank,
  };
}

/** Takes a beneficiary off the list. What was paid to them stays as it is. Done already, it stays done. */
export async function removeBeneficiary(
  actor: Requester,
  { beneficiaryId }: { beneficiaryId: string },
): Promise<Beneficiary> {
  authorize(actor, 'customers:write');
  return transaction(async (tx) => {
    const before = await lockBeneficiary(tx, beneficiaryId);
    if (before.removedAt) return before;
    const after = await tx.beneficiary.update({
      where: { id: beneficiaryId },
      data: { removedAt: new Date() },
    });
    await recordAudit(tx, actor, {
      ...{ action: 'beneficiary.removed', subject: 'customer', id: before.customerId },
      ...{ before, after },
    });
    return after;
  });
}

export async function lockBeneficiary(tx: Tx, id: string): Promise<Beneficiary> {
  await lockRow(tx, 'beneficiaries', id);
  const beneficiary = await tx.beneficiary.findUnique({ where: { id } });
  if (!beneficiary) throw notFound('beneficiary', id);
  return beneficiary;
}
