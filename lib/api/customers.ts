import { z } from 'zod';
import { Customer } from '~/lib/api/customer-shape';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  anyOf,
  BY_TIME,
  byId,
  listOf,
  NONE,
  optionalText,
  pageOf,
  paging,
  text,
  time,
} from '~/lib/api/shapes';
import { showStanding } from '~/lib/api/standing-shape';
import { newWalletFields, showWallet, Wallet } from '~/lib/api/wallet-shape';
import {
  CUSTOMER_COUNTRIES,
  CUSTOMER_KINDS,
  changeCustomerFields,
  createCustomer,
  getCustomerRow,
  listCustomers,
} from '~/lib/people/customers';
import type { Customer as Row } from '~/lib/people/kept';
import { noteKeyList, noteKeyRead } from '~/lib/people/looks';
import { textOf } from '~/lib/people/masking';
import { type Reader, type Shown, shown } from '~/lib/people/sight';
import { isPhone } from '~/lib/text';
import { isEmail } from '~/lib/typed-text';
import { createCustomerWithWallet } from '~/lib/wallets/first-wallet';
import { type Standing, standingOf, standingsOf } from '~/lib/wallets/standing';
import { getWallet } from '~/lib/wallets/wallets';

function showCustomer(row: Shown<'customer', Row>, standing: Standing): z.input<typeof Customer> {
  return {
    id: publicId('customer', row.id),
    object: 'customer',
    kind: row.kind,
    name: row.name,
    country: row.country as 'mx' | 'cl',
    tax_id_kind: row.taxIdKind as 'rfc' | 'curp' | 'rut',
    tax_id: textOf(row.taxId),
    email: row.email && textOf(row.email),
    phone: row.phone && textOf(row.phone),
    external_id: row.externalId,
    ...showStanding(standing),
    created_at: time(row.createdAt),
    erased_at: row.erasedAt && time(row.erasedAt),
    updated_at: time(row.updatedAt),
  };
}

/** What a key wrote it reads back as it reads anything of this customer. */
const written = async (reader: Reader, row: Row) =>
  showOne(shown(reader, 'customer', { subject: 'customer', id: row.id }, row));

const showOne = async (row: Shown<'customer', Row>) =>
  showCustomer(row, await standingOf({ subject: 'customer', id: row.id }));

const email = text(254).refine(isEmail, 'email_format');
const phone = text(30).refine(isPhone, 'phone_format');

const CreatedCustomer = Customer.extend({ wallet: Wallet.nullable() }).meta({ id: 'CreatedCustomer' });

const create = operation({
  id: 'createCustomer',
  method: 'POST',
  path: '/customers',
  tag: 'Customers',
  summary: 'Registers a customer and, where `wallet` is given, opens their first wallet: both or neither.',
  scope: 'customers:write',
  scopeOf: { wallet: 'wallets:write' },
  params: NONE,
  query: NONE,
  body: z.strictObject({
    kind: z.enum(CUSTOMER_KINDS),
    name: text(120),
    country: z.enum(CUSTOMER_COUNTRIES).default('mx'),
    tax_id: text(40),
    email: email.optional(),
    phone: phone.optional(),
    external_id: optionalText(100),
    wallet: z.strictObject(newWalletFields).optional(),
  }),
  status: 201,
  answer: CreatedCustomer,
  async run({ actor, body, requestId }) {
    const { tax_id: taxId, external_id: externalId, wallet, ...rest } = body;
    const customer = { ...rest, taxId, externalId, requestId };
    if (!wallet) return { ...(await written(actor, await createCustomer(actor, customer))), wallet: null };
    const { terms_id: termsId, entity_id: entityId, ...first } = wallet;
    const made = await createCustomerWithWallet(actor, customer, { ...first, termsId, entityId });
    return {
      ...(await written(actor, made.customer)),
      wallet: showWallet(await getWallet(actor, made.wallet.id)),
    };
  },
});

const list = operation({
  id: 'listCustomers',
  method: 'GET',
  path: '/customers',
  tag: 'Customers',
  summary: 'The newest first.',
  scope: 'customers:read',
  params: NONE,
  query: z.strictObject({
    kind: anyOf(z.enum(CUSTOMER_KINDS)),
    country: anyOf(z.enum(CUSTOMER_COUNTRIES)),
    external_id: text(100).optional(),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Customer).meta({ id: 'CustomerList' }),
  async run({ actor, query: { limit, external_id: externalId, ...filter } }) {
    const page = await listCustomers(actor, { ...filter, externalId }, limit);
    const ids = page.items.map(({ id }) => id);
    await noteKeyList(actor, 'customers', ids);
    const standings = await standingsOf('customer', ids);
    return pageOf(page, (row) => showCustomer(row, standings(row.id)));
  },
});

const get = operation({
  id: 'getCustomer',
  method: 'GET',
  path: '/customers/{id}',
  tag: 'Customers',
  summary: 'One customer.',
  scope: 'customers:read',
  params: byId('customer'),
  query: NONE,
  body: null,
  status: 200,
  answer: Customer,
  async run({ actor, params }) {
    const customer = await getCustomerRow(actor, params.id);
    await noteKeyRead(actor, customer.id);
    return showOne(customer);
  },
});

const update = operation({
  id: 'updateCustomer',
  method: 'PATCH',
  path: '/customers/{id}',
  tag: 'Customers',
  summary: 'Corrects what is given and leaves the rest; null empties a field that may be empty.',
  scope: 'customers:write',
  params: byId('customer'),
  query: NONE,
  body: z.strictObject({
    name: text(120).optional(),
    tax_id: text(40).optional(),
    email: email.nullable().optional(),
    phone: phone.nullable().optional(),
  }),
  status: 200,
  answer: Customer,
  async run({ actor, params, body: { tax_id: taxId, ...rest } }) {
    return written(actor, await changeCustomerFields(actor, { customerId: params.id, taxId, ...rest }));
  },
});

export const customers = { create, list, get, update };
