import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import { checkTaxId, isSameTaxId } from '~/lib/tax-id';
import { lineOf } from '~/lib/text';
import type { Customer } from '~/prisma/generated/client';
import { CustomerKind } from '~/prisma/generated/enums';

export const CUSTOMER_KINDS = Object.values(CustomerKind);
export const CUSTOMER_COUNTRIES = ['mx', 'cl'] as const;
export type CustomerCountry = (typeof CUSTOMER_COUNTRIES)[number];

export type NewCustomer = {
  kind: CustomerKind;
  name: string;
  country: CustomerCountry;
  taxId: string;
  email?: string | undefined;
  phone?: string | undefined;
  externalId?: string | undefined;
  /** Minted by the form: sending it twice makes one customer. */
  requestId: string;
};

/**
 * Registers an end user of the platform. The tax id is normalised and checked; an RFC whose check digit is wrong is
 * taken, because SAT has issued such RFCs. Throws `invalid` with the fields that don't fit.
 */
export async function createCustomer(actor: Actor, input: NewCustomer) {
  authorize(actor, 'customers:write');
  const { normalized: taxId, kind: taxIdKind } = checkedTaxId(input);
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'customer.create', requestId, content: { ...content, taxId } },
      (id) => tx.customer.findUniqueOrThrow({ where: { id } }),
      () => register(tx, actor, input, { taxId, taxIdKind }),
    ),
  );
}

async function register(
  tx: Tx,
  actor: Actor,
  input: NewCustomer,
  checked: Pick<Customer, 'taxId' | 'taxIdKind'>,
): Promise<Customer> {
  const [customer] = await tx.customer.createManyAndReturn({
    data: [
      {
        kind: input.kind,
        name: tidyName(input.name),
        country: input.country,
        ...checked,
        email: orNull(input.email),
        phone: orNull(input.phone),
        externalId: orNull(input.externalId),
        requestId: input.requestId,
      },
    ],
    skipDuplicates: true,
  });
  if (!customer) throw new InvalidInputError({ externalId: 'taken' });
  await recordAudit(tx, actor, {
    action: 'customer.created',
    subject: 'customer',
    id: customer.id,
    after: customer,
  });
  return customer;
}

export type CustomerChange = {
  customerId: string;
  name: string;
  taxId: string;
  email?: string | undefined;
  phone?: string | undefined;
};

/**
 * Corrects who a customer is; what is left out is emptied. The tax id stays once an entity at Fintoc is theirs: that
 * one has it for good. An opening that waits for an entity is tried again at once.
 */
export async function changeCustomer(actor: Actor, { customerId, ...input }: CustomerChange) {
  authorize(actor, 'customers:write');
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 AS locked FROM customers WHERE id = ${customerId}::uuid FOR NO KEY UPDATE`;
    const before = await tx.customer.findUnique({ where: { id: customerId } });
    if (!before) throw notFound('customer', customerId);
    const { taxId, taxIdKind } = await correctedTaxId(tx, before, input.taxId);
    const data = {
      name: tidyName(input.name),
      taxId,
      taxIdKind,
      email: orNull(input.email),
      phone: orNull(input.phone),
    };
    if (Object.entries(data).every(([key, value]) => before[key as keyof typeof data] === value))
      return before;
    const after = await tx.customer.update({ where: { id: customerId }, data });
    await tx.wallet.updateMany({
      where: { customerId, status: 'opening', openingStep: 'entity' },
      data: { nextAttemptAt: new Date() },
    });
    await recordAudit(tx, actor, {
      action: 'customer.changed',
      subject: 'customer',
      id: customerId,
      before,
      after,
    });
    return after;
  });
}

async function correctedTaxId(tx: Tx, before: Customer, typed: string) {
  const { taxId, taxIdKind, kind } = before;
  // One that was taken before stays good, whatever is asked of new ones.
  if (isSameTaxId(typed, taxId)) return { taxId, taxIdKind };
  if ((await tx.entity.count({ where: { customerId: before.id } })) > 0)
    throw new InvalidInputError({ taxId: 'tax_id_linked' });
  const country = before.country === 'cl' ? 'cl' : 'mx';
  const { normalized, kind: fresh } = checkedTaxId({ country, kind, taxId: typed });
  return { taxId: normalized, taxIdKind: fresh };
}

/** Throws `invalid` for a name of which nothing can be seen. */
function tidyName(text: string): string {
  const name = lineOf(text);
  if (name === '') throw new InvalidInputError({ name: 'required' });
  return name;
}

const orNull = (text: string | undefined) => lineOf(text ?? '') || null;

function checkedTaxId({ country, taxId, kind }: Pick<NewCustomer, 'country' | 'taxId' | 'kind'>) {
  const check = checkTaxId(country, taxId);
  if (!check.ok) throw new InvalidInputError({ taxId: `tax_id_${check.reason}` });
  if (kind === 'business' && check.kind === 'curp')
    throw new InvalidInputError({ taxId: 'tax_id_business_needs_rfc' });
  return check;
}

export async function listCustomers({
  text,
  kind,
  country,
  wholeOnly = false,
  cursor,
}: {
  text?: string | undefined;
  kind?: CustomerKind[] | undefined;
  country?: CustomerCountry[] | undefined;
  /** Who doesn't see a tax id or e-mail finds by the whole one only, not out by its beginnings. */
  wholeOnly?: boolean;
  cursor?: string | undefined;
}) {
  const from = decodeCursor(cursor, 'uuid');
  const words = text?.trim();
  const by = wholeOnly ? 'equals' : 'startsWith';
  const rows = await db().customer.findMany({
    where: {
      AND: [
        words
          ? {
              OR: [
                { name: { contains: words, mode: 'insensitive' as const } },
                { taxId: { [by]: words.toUpperCase().replace(/[\s.]/g, '') } },
                { externalId: words },
                { email: { [by]: words, mode: 'insensitive' as const } },
              ],
            }
          : {},
        from ? { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] } : {},
      ],
      ...(kind && { kind: { in: kind } }),
      ...(country && { country: { in: country } }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    include: { _count: { select: { wallets: true } } },
  });
  return toPage(rows, PAGE_SIZE, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** A customer with their portfolios; their wallets are a list of their own (`listWallets`). */
export async function getCustomer(id: string) {
  const customer = await db().customer.findUnique({
    where: { id },
    include: {
      portfolios: { orderBy: { name: 'asc' }, include: { _count: { select: { wallets: true } } } },
      _count: { select: { wallets: true, entities: true } },
    },
  });
  if (!customer) throw notFound('customer', id);
  return customer;
}

/** A named group of one customer's wallets; a name that stands already answers that group. */
export async function createPortfolio(
  actor: Actor,
  { customerId, name }: { customerId: string; name: string },
) {
  authorize(actor, 'customers:write');
  return transaction(async (tx) => {
    const data = { customerId, name: tidyName(name) };
    const [made] = await tx.portfolio.createManyAndReturn({ data: [data], skipDuplicates: true });
    if (!made) return tx.portfolio.findUniqueOrThrow({ where: { customerId_name: data } });
    await recordAudit(tx, actor, {
      action: 'portfolio.created',
      subject: 'customer',
      id: customerId,
      after: made,
    });
    return made;
  });
}
