import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { byName } from '~/lib/names';
import { once } from '~/lib/once';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { customerSearch } from '~/lib/people/customer-search';
import {
  auditedCustomers,
  type Customer,
  type Opened,
  openedCustomer,
  openedCustomers,
  requireKnown,
  sealedColumns,
  wholeValues,
} from '~/lib/people/kept';
import type { Sight } from '~/lib/people/masking';
import { type Reader, type Shown, shown, shownAll, sightOf } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import { checkTaxId, isSameTaxId } from '~/lib/tax-id';
import { lineOf } from '~/lib/text';
import { newId } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';
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
  return transaction((tx) => createCustomerIn(tx, actor, input));
}

/** The same in a transaction that does more; whoever opened it has authorized the actor. */
export function createCustomerIn(tx: Tx, actor: Actor, input: NewCustomer): Promise<Customer> {
  const { normalized: taxId, kind: taxIdKind } = checkedTaxId(input);
  const { requestId, ...content } = input;
  return once(
    tx,
    actor,
    { act: 'customer.create', requestId, content: { ...content, taxId } },
    async (id) => openedCustomer(tx, await tx.customer.findUniqueOrThrow({ where: { id } })),
    () => register(tx, actor, input, { taxId, taxIdKind }),
  );
}

async function register(
  tx: Tx,
  actor: Actor,
  input: NewCustomer,
  checked: Pick<Customer, 'taxId' | 'taxIdKind'>,
): Promise<Customer> {
  const id = newId();
  const { taxId, taxIdKind } = checked;
  const told = { taxId, email: orNull(input.email), phone: orNull(input.phone) };
  const [customer] = await tx.customer.createManyAndReturn({
    data: [
      {
        id,
        kind: input.kind,
        name: tidyName(input.name),
        country: input.country,
        taxIdKind,
        ...(await sealedColumns(tx, id, told)),
        externalId: orNull(input.externalId),
        requestId: input.requestId,
      },
    ],
    skipDuplicates: true,
  });
  if (!customer) throw new InvalidInputError({ externalId: 'taken' });
  const [audited] = await auditedCustomers(tx, id, [customer]);
  await recordAudit(tx, actor, { action: 'customer.created', subject: 'customer', id, after: audited });
  return openedCustomer(tx, customer);
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
  return change(actor, customerId, () => input);
}

/** Some of it; null empties. What is left out stays as it is at that moment. */
export type CustomerFields = {
  customerId: string;
  name?: string | undefined;
  taxId?: string | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
};

/** As `changeCustomer`, of the fields that are given. */
export async function changeCustomerFields(actor: Actor, { customerId, ...fields }: CustomerFields) {
  const kept = (field: string | null | undefined, stands: string | null) =>
    (field === undefined ? stands : field) ?? undefined;
  return change(actor, customerId, ({ name, taxId, email, phone }) => ({
    name: fields.name ?? name,
    taxId: fields.taxId ?? taxId,
    email: kept(fields.email, email),
    phone: kept(fields.phone, phone),
  }));
}

async function change(
  actor: Actor,
  customerId: string,
  wanted: (before: Customer) => Omit<CustomerChange, 'customerId'>,
): Promise<Customer> {
  authorize(actor, 'customers:write');
  return transaction(async (tx) => {
    await lockRow(tx, 'customers', customerId);
    const kept = await tx.customer.findUnique({ where: { id: customerId } });
    if (!kept) throw notFound('customer', customerId);
    requireKnown(kept);
    const before = await openedCustomer(tx, kept);
    const input = wanted(before);
    const { taxId, taxIdKind } = await correctedTaxId(tx, before, input.taxId);
    const told = { taxId, email: orNull(input.email), phone: orNull(input.phone) };
    const facts = { name: tidyName(input.name), taxIdKind, ...told };
    if (Object.entries(facts).every(([key, value]) => before[key as keyof typeof facts] === value))
      return before;
    const sealed = await sealedColumns(tx, customerId, told, { row: kept, told: before });
    const after = await tx.customer.update({
      where: { id: customerId },
      data: { name: facts.name, taxIdKind, ...sealed },
    });
    await tx.walletAsset.updateMany({
      where: { wallet: { customerId }, state: 'opening', openingStep: 'entity' },
      data: { nextAttemptAt: new Date() },
    });
    const [was, is] = await auditedCustomers(tx, customerId, [kept, after]);
    await recordAudit(tx, actor, {
      action: 'customer.changed',
      subject: 'customer',
      id: customerId,
      before: was,
      after: is,
    });
    return openedCustomer(tx, after);
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
export function tidyName(text: string): string {
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

export type CustomerFilter = {
  ids?: readonly string[] | undefined;
  text?: string | undefined;
  kind?: CustomerKind[] | undefined;
  externalId?: string | undefined;
  country?: CustomerCountry[] | undefined;
  /** By name; else the newest first. */
  byName?: boolean | undefined;
  cursor?: string | undefined;
};

type Counted = Customer & { _count: { wallets: number } };

export type CustomerRow = Shown<'customer', Counted>;

export const listCustomers = late(pageOfCustomers);

async function pageOfCustomers(
  reader: Reader,
  filter: CustomerFilter,
  size = PAGE_SIZE,
): Promise<Page<CustomerRow>> {
  const { ids: among, text, kind, country, externalId, byName = false, cursor } = filter;
  const typed = await typedSearch(text);
  const whole = typed ? await wholeValues(db(), typed.whole) : [];
  return pageOf(
    {
      table: Prisma.sql`customers`,
      alias: Prisma.sql`c`,
      ids: 'uuid',
      by: byName
        ? { column: Prisma.sql`c.name`, kind: 'name', direction: 'asc' }
        : { column: Prisma.sql`c.created_at`, kind: 'time', direction: 'desc' },
      where: [
        among && Prisma.sql`c.id = ANY (${[...among]}::uuid[])`,
        kind && Prisma.sql`c.kind = ANY (${kind}::customer_kind[])`,
        country && Prisma.sql`c.country = ANY (${country})`,
        externalId && Prisma.sql`c.external_id = ${externalId}`,
      ],
      search: typed && customerSearch(typed, whole),
      cursor,
    },
    size,
    async (ids) => shownAll(reader, 'customer', await withWalletCounts(ids)),
  );
}

/** Counted apart: Prisma would count the wallets of all customers to join them to a few. */
async function withWalletCounts(ids: string[]): Promise<Counted[]> {
  const [customers, counts] = await Promise.all([
    db()
      .customer.findMany({ where: { id: { in: ids } } })
      .then((rows) => openedCustomers(db(), rows)),
    db().wallet.groupBy({ by: ['customerId'], where: { customerId: { in: ids } }, _count: true }),
  ]);
  const wallets = new Map(counts.map(({ customerId, _count }) => [customerId, _count]));
  return customers.map((customer) => ({ ...customer, _count: { wallets: wallets.get(customer.id) ?? 0 } }));
}

/** Who a customer is, and nothing of what is theirs. */
export async function getCustomerRow(reader: Reader, id: string): Promise<Shown<'customer', Customer>> {
  const kept = await db().customer.findUnique({ where: { id } });
  if (!kept) throw notFound('customer', id);
  return shown(reader, 'customer', { subject: 'customer', id }, await openedCustomer(db(), kept));
}

const WHOLE = {
  portfolios: { include: { _count: { select: { wallets: true } } } },
  _count: { select: { wallets: true, entities: true } },
} satisfies Prisma.CustomerInclude;

type Whole = Opened<Prisma.CustomerGetPayload<{ include: typeof WHOLE }>>;

export type CustomerRecord = Shown<'customer', Whole> & { sight: Sight };

/** A customer with their portfolios; their wallets are a list of their own (`listWallets`). */
export async function getCustomer(reader: Reader, id: string): Promise<CustomerRecord> {
  const kept = await db().customer.findUnique({ where: { id }, include: WHOLE });
  if (!kept) throw notFound('customer', id);
  const customer = await openedCustomer(db(), kept);
  const person = { subject: 'customer', id } as const;
  return {
    ...shown(reader, 'customer', person, customer),
    portfolios: byName(customer.portfolios),
    sight: sightOf(reader, person),
  };
}
