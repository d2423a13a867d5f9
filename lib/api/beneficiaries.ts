import { z } from 'zod';
import { Customer } from '~/lib/api/customer-shape';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  BY_TIME,
  byId,
  expandable,
  idOf,
  idText,
  listOf,
  NONE,
  optionalText,
  pageOf,
  paging,
  text,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import { askVerification } from '~/lib/beneficiaries/ask';
import { removeBeneficiary, saveBeneficiary } from '~/lib/beneficiaries/beneficiaries';
import { type BeneficiaryRow, getBeneficiary, listBeneficiaries } from '~/lib/beneficiaries/read';
import { getCustomerRow } from '~/lib/people/customers';
import { noteKeyList, noteKeyRead } from '~/lib/people/looks';
import { textOf } from '~/lib/people/masking';
import type { Reader } from '~/lib/people/sight';
import { DESTINATION_KINDS } from '~/lib/rails/destination';

const tag = 'Beneficiaries';

const STATUSES = ['queued', 'sent', 'pending', 'succeeded', 'failed', 'refused', 'unanswered'] as const;

const Verification = z
  .strictObject({
    status: z.enum(STATUSES).meta({
      description: 'queued until it is sent, sent until the rail answers; unanswered is never sent again.',
    }),
    holder_name: z.string().nullable().meta({ description: 'Whose account its bank says that it is.' }),
    score: z.int().min(0).max(100).nullable().meta({
      description: 'How alike that and `name` are, of 100: accents, order and abbreviations don’t count.',
    }),
    verdict: z.enum(['same', 'similar', 'different']).nullable(),
    failure_code: z.string().nullable(),
    held_reason: z.string().nullable(),
    requested_at: timeText,
    ended_at: timeText.nullable(),
  })
  .meta({ id: 'BeneficiaryVerification', description: 'What a bank was asked about whose account it is.' });

const Beneficiary = z
  .strictObject({
    id: idText('beneficiary'),
    object: z.literal('beneficiary'),
    customer_id: idText('customer'),
    name: z.string(),
    tax_id: z.string().nullable(),
    destination_kind: z.enum(DESTINATION_KINDS),
    destination: z.string(),
    bank: z.string().nullable(),
    first_payment: z
      .boolean()
      .meta({ description: 'Whether none of the customer’s wallets ever paid them.' }),
    blocked: z.boolean(),
    verification: Verification.nullable().meta({ description: 'The latest one.' }),
    created_at: timeText,
    removed_at: timeText.nullable(),
    customer: Customer.optional(),
  })
  .meta({ id: 'Beneficiary', description: 'Somebody whom a customer pays. What is saved never changes.' });

function showBeneficiary(row: BeneficiaryRow): z.input<typeof Beneficiary> {
  return {
    id: publicId('beneficiary', row.id),
    object: 'beneficiary',
    customer_id: publicId('customer', row.customerId),
    name: row.name,
    tax_id: row.taxId && textOf(row.taxId),
    destination_kind: row.destinationKind,
    destination: textOf(row.destination),
    bank: row.bank,
    first_payment: row.isFirst,
    blocked: row.isBlocked,
    verification: row.verification && showVerification(row.verification),
    created_at: time(row.createdAt),
    removed_at: timeOrNull(row.removedAt),
  };
}

function showVerification(told: NonNullable<BeneficiaryRow['verification']>): z.input<typeof Verification> {
  return {
    status: told.state,
    holder_name: told.holderName,
    score: told.score,
    verdict: told.verdict,
    failure_code: told.reason,
    held_reason: told.heldReason,
    requested_at: time(told.requestedAt),
    ended_at: timeOrNull(told.endedAt),
  };
}

/** One that stood there already, which is a look at whose it is. */
async function seen(reader: Reader, id: string): Promise<z.input<typeof Beneficiary>> {
  const row = await getBeneficiary(reader, id);
  await noteKeyRead(reader, row.customerId, 'beneficiaries');
  return showBeneficiary(row);
}

const create = operation({
  id: 'createBeneficiary',
  method: 'POST',
  path: '/beneficiaries',
  tag,
  summary: 'Saves somebody whom a customer pays.',
  scope: 'customers:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({
    customer_id: idOf('customer'),
    name: text(120),
    tax_id: optionalText(40),
    destination: text(120),
  }),
  status: 201,
  answer: Beneficiary,
  async run({ actor, body: { customer_id: customerId, tax_id: taxId, ...rest }, requestId }) {
    await getCustomerRow(actor, customerId);
    const { id } = await saveBeneficiary(actor, { ...rest, customerId, taxId, requestId });
    return showBeneficiary(await getBeneficiary(actor, id));
  },
});

const list = operation({
  id: 'listBeneficiaries',
  method: 'GET',
  path: '/beneficiaries',
  tag,
  summary: 'The latest saved first, without those who were removed.',
  scope: 'customers:read',
  params: NONE,
  query: z.strictObject({
    customer_id: idOf('customer').optional(),
    ...expandable('customer'),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Beneficiary).meta({ id: 'BeneficiaryList' }),
  async run({ actor, query: { customer_id: customerId, cursor, limit } }) {
    const page = await listBeneficiaries(actor, { customerId, cursor }, limit);
    const whose = page.items.map((row) => row.customerId);
    await noteKeyList(actor, 'beneficiaries', [...new Set(whose)]);
    return pageOf(page, showBeneficiary);
  },
});

const get = operation({
  id: 'getBeneficiary',
  method: 'GET',
  path: '/beneficiaries/{id}',
  tag,
  summary: 'One beneficiary, also one that was removed.',
  scope: 'customers:read',
  params: byId('beneficiary'),
  query: z.strictObject(expandable('customer')),
  body: null,
  status: 200,
  answer: Beneficiary,
  run: ({ actor, params }) => seen(actor, params.id),
});

const verify = operation({
  id: 'verifyBeneficiary',
  method: 'POST',
  path: '/beneficiaries/{id}/verify',
  tag,
  summary:
    'Has the bank asked whose account it is. The rail sends the smallest coin for it, which the platform pays; the answer comes later.',
  scope: 'withdrawals:write',
  params: byId('beneficiary'),
  query: NONE,
  body: NONE,
  status: 200,
  answer: Beneficiary,
  async run({ actor, params, requestId }) {
    await askVerification(actor, { beneficiaryId: params.id, requestId });
    return seen(actor, params.id);
  },
});

const remove = operation({
  id: 'removeBeneficiary',
  method: 'POST',
  path: '/beneficiaries/{id}/remove',
  tag,
  summary: 'Takes them off the list; what was paid to them stays as it is.',
  scope: 'customers:write',
  params: byId('beneficiary'),
  query: NONE,
  body: NONE,
  status: 200,
  answer: Beneficiary,
  async run({ actor, params }) {
    await removeBeneficiary(actor, { beneficiaryId: params.id });
    return seen(actor, params.id);
  },
});

export const beneficiaries = { create, list, get, verify, remove };
