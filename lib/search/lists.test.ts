import { beforeAll, describe, expect, it } from 'vitest';
import { listAdjustments } from '~/lib/adjustments/read';
import { db, transaction } from '~/lib/db';
import { listSuspense } from '~/lib/deposits/waiting';
import { listEntities } from '~/lib/entities/list';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { listMovements } from '~/lib/movements/movements';
import { listCustomers } from '~/lib/people/customers';
import { typedSearch } from '~/lib/search/typed';
import { someCause } from '~/lib/testing/causes';
import { storedCustomer } from '~/lib/testing/customers';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';
import { listAccountNumbers } from '~/lib/wallets/account-numbers-read';
import { listWallets } from '~/lib/wallets/wallets';
import { listWithdrawals } from '~/lib/withdrawals/read';

withTestDatabase();

/** As it stands, and in how many ways people type it. */
const SPELLINGS: [kept: string, ...typed: string[]][] = [
  [
    'Peña Núñez',
    'peña núñez',
    'PEÑA',
    'pena nunez',
    'Pen\u0303a',
    'núñez peña',
    'eña',
    'Peña, Núñez.',
    'Pe\u200Bña',
  ],
  ['Pen\u0303a Compuesta', 'peña compuesta', 'PEÑA COMPUESTA'],
  ["O'Brien Tacos", "o'brien", 'O’Brien', 'O´Brien', 'o`brien', 'OBrien', 'o brien', 'ʼBrien'],
  ['D’Angelo Curvo', "d'angelo", 'dangelo', "D'ANGELO curvo"],
  ['Comercial Sol, S.A. de C.V.', 'comercial sol sa de cv', 'Sol S.A.', 'SOL,S.A. DE C.V.', 'sol s a de c v'],
  ['Pérez–Gómez Hnos', 'perez gomez', 'Pérez-Gómez', 'pérez—gómez', 'gomez'],
  ['Ünal Straße', 'unal strasse', 'ÜNAL STRASSE', 'ünal'],
  ['Cien 100% Puro', '100%', '100% puro'],
  ['Guion_bajo y diagonal\\x', 'guion_bajo', 'diagonal\\x'],
  ['Li Xu', 'li', 'xu li'],
];

/** Each list by what it finds: the names as they stand. */
const LISTS: Record<string, (text: string) => Promise<(string | null)[]>> = {
  customers: async (text) => (await listCustomers(ANYBODY, { text })).items.map(({ name }) => name),
  wallets: async (text) => (await listWallets(ANYBODY, { text })).items.map(({ name }) => name),
  'wallets by customer': async (text) =>
    (await listWallets(ANYBODY, { text })).items.map(({ customer }) => customer?.name ?? null),
  entities: async (text) => (await listEntities(ANYBODY, { text })).items.map(({ holderName }) => holderName),
  'account numbers': async (text) =>
    (await listAccountNumbers(ANYBODY, { text })).items.map(({ description }) => description),
  deposits: async (text) =>
    (await listTransfers(ANYBODY, { text, direction: 'inbound' })).items.map((item) => item.counterpartyName),
  'deposits in suspense': async (text) =>
    (await listSuspense(ANYBODY, { text })).items.map((item) => item.comment),
  withdrawals: async (text) =>
    (await listWithdrawals(ANYBODY, { text })).items.map((item) => item.beneficiaryName),
  'withdrawals by concept': async (text) =>
    (await listWithdrawals(ANYBODY, { text })).items.map((item) => item.comment),
  adjustments: async (text) => (await listAdjustments(ANYBODY, { text })).items.map(({ reason }) => reason),
  movements: async (text) =>
    (await listMovements(ANYBODY, { text })).items.map((item) => item.counterpartyName),
  'movements by note': async (text) =>
    (await listMovements(ANYBODY, { text })).items.map((item) => item.comment),
};

const CLABE = '002180000000000017';
const KEY = 'BNET01002611260044123456';
const REFERENCE = '7654321';
let operator: { id: string };
let wallet: OpenWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await someWallet();
  for (const [nth, [name]] of SPELLINGS.entries()) await keep(name, nth);
});

/** The name in every place where a search looks. */
async function keep(name: string, nth: number): Promise<void> {
  const of = nth === 0 ? { number: CLABE, key: KEY, reference: REFERENCE, amount: 123_456n } : fresh(nth);
  const customer = await storedCustomer({ name, taxId: `PEAA8001${10 + nth}XX1` });
  const { termsId, accountId } = wallet;
  const other = await db().wallet.create({
    data: {
      ...{ kind: 'general', status: 'open', name, customerId: customer.id },
      assets: { create: { asset: 'MXN', state: 'open', termsId } },
    },
  });
  await db().entity.create({
    data: {
      id: `ent_s${nth}`,
      holderName: name,
      holderId: `ABC8001${10 + nth}XX2`,
      isRoot: false,
      mode: 'test',
      raw: {},
      syncedAt: new Date(),
    },
  });
  await db().accountNumber.create({
    data: {
      id: `acno_s${nth}`,
      accountId,
      number: `7351800000000000${10 + nth}`,
      description: name,
      status: 'enabled',
      isRoot: false,
      mode: 'test',
      metadata: {},
      raw: {},
      syncedAt: new Date(),
    },
  });
  await db().transfer.create({
    data: {
      id: `tr_s${nth}`,
      direction: 'inbound',
      status: 'succeeded',
      amount: of.amount,
      asset: 'MXN',
      accountId,
      walletId: wallet.id,
      counterpartyName: name,
      comment: name,
      counterpartyNumber: of.number,
      trackingKey: of.key,
      referenceId: of.reference,
      suspenseSince: new Date(),
      suspenseReason: 'unknown_number',
      origin: 'webhook',
      mode: 'test',
      transactedAt: new Date(),
    },
  });
  await db().withdrawal.create({
    data: {
      walletId: wallet.id,
      accountId,
      asset: 'MXN',
      amount: of.amount,
      feeAmount: 0n,
      beneficiaryName: name,
      destinationKind: 'clabe',
      destination: of.number,
      comment: name,
      referenceId: of.reference,
      status: 'awaiting_approval',
      firstSeen: true,
      requestedById: operator.id,
      requestId: crypto.randomUUID(),
    },
  });
  await db().adjustment.create({
    data: {
      fromWalletId: wallet.id,
      toWalletId: other.id,
      asset: 'MXN',
      amount: of.amount,
      reason: name,
      requestedById: operator.id,
      requestId: crypto.randomUUID(),
    },
  });
  const posted = { kind: 'deposit', effectiveAt: new Date() } as const;
  const lines = [
    debit(cash(accountId, 'MXN'), of.amount),
    credit(walletAccount(wallet, 'available'), of.amount),
  ];
  await transaction(async (tx) => {
    await postTransaction(tx, {
      ...posted,
      cause: someCause(`test:said:${nth}`),
      transferId: `tr_s${nth}`,
      lines,
    });
    await postTransaction(tx, { ...posted, cause: someCause(`test:note:${nth}`), note: name, lines });
  });
}

const fresh = (nth: number) => ({
  number: `0121800000000000${10 + nth}`,
  key: `OTHER${1_000_000 + nth}`,
  reference: String(1_000 + nth),
  amount: BigInt(1_000 + nth),
});

describe.each(Object.entries(LISTS))('the search of %s', (_list, find) => {
  it.each(SPELLINGS)('finds %s however it is typed', async (kept, ...typed) => {
    for (const text of [kept, ...typed]) expect(await find(text), text).toContain(kept);
  });

  it('takes %, _ and \\ for what they are, and marks alone for nothing', async () => {
    for (const text of ['%e%a', 'P%a', 'P_ña', '_', '%ñ', '\\e', '…', '—', "'", ' - '])
      expect(await find(text), text).not.toContain('Peña Núñez');
    // Beside what it names, a list may hold what is of nobody's name.
    expect(new Set((await find('%')).filter((name) => name !== null))).toEqual(new Set(['Cien 100% Puro']));
  });
});

describe('numbers and codes', () => {
  const payments = {
    deposits: async (text: string, wholeOnly = true) =>
      (await listTransfers(wholeOnly ? OUTSIDER : ANYBODY, { text })).items.map(
        (item) => item.counterpartyName,
      ),
    suspense: async (text: string, wholeOnly = true) =>
      (await listSuspense(wholeOnly ? OUTSIDER : ANYBODY, { text })).items.map(
        (item) => item.counterpartyName,
      ),
    withdrawals: async (text: string, wholeOnly = true) =>
      (await listWithdrawals(wholeOnly ? OUTSIDER : ANYBODY, { text })).items.map(
        (item) => item.beneficiaryName,
      ),
    movements: async (text: string, wholeOnly = true) =>
      (await listMovements(wholeOnly ? OUTSIDER : ANYBODY, { text })).items.map(
        (item) => item.counterpartyName,
      ),
  };
  const only = ['Peña Núñez'];

  it.each(Object.entries(payments))('of %s are found in every spelling', async (_list, find) => {
    for (const text of [
      CLABE,
      '002 180 00000000001 7',
      '002-180-00000000001-7',
      '002.180.00000000001.7',
      `\u200B${CLABE} `,
      '002\u2010180\u221200000000001\u00b77',
      '００２１８０００００００００００１７',
    ])
      expect(new Set(await find(text)), text).toEqual(new Set(only));
    expect(new Set(await find(REFERENCE))).toEqual(new Set(only));
  });

  it.each(Object.entries(payments))(
    'of %s that are masked are found whole, by whom they are masked for',
    async (_list, find) => {
      for (const cut of [3, 6, 12, 17]) expect(await find(CLABE.slice(0, cut)), `${cut} digits`).toEqual([]);
      expect(await find('00218000000000001_')).toEqual([]);
      expect(await find('00218%')).toEqual([]);
      expect(new Set(await find(CLABE.slice(0, 12), false))).toEqual(new Set(only));
    },
  );

  it('find a deposit and its movement by the visible end of a clave de rastreo', async () => {
    for (const text of [KEY, KEY.slice(-12), `…${KEY.slice(-12)}`, KEY.slice(-6), KEY.toLowerCase()]) {
      expect(await payments.deposits(text), text).toEqual(only);
      expect(await payments.movements(text), text).toEqual(only);
    }
  });

  it.each(Object.entries(payments))(
    '%s are found by an amount and by a bank as people call it',
    async (_list, find) => {
      for (const text of ['1234.56', '1,234.56', '$1,234.56', 'banamex', 'Banamex'])
        expect(await find(text), text).toContain('Peña Núñez');
      expect(await find('1234.57')).toEqual([]);
      expect(await find('banorte')).toEqual([]);
    },
  );

  it('banks are a filter of payments', async () => {
    const names = new Set(only);
    expect(
      new Set((await listTransfers(ANYBODY, { banks: ['002'] })).items.map((item) => item.counterpartyName)),
    ).toEqual(names);
    expect(
      new Set((await listWithdrawals(ANYBODY, { banks: ['002'] })).items.map((item) => item.beneficiaryName)),
    ).toEqual(names);
    expect(
      new Set((await listMovements(ANYBODY, { banks: ['002'] })).items.map((item) => item.counterpartyName)),
    ).toEqual(names);
    expect(
      new Set((await listSuspense(ANYBODY, { banks: ['002'] })).items.map((item) => item.counterpartyName)),
    ).toEqual(names);
    expect((await listMovements(ANYBODY, { banks: ['072'] })).items).toEqual([]);
  });
});

it('an id is found as it is pasted, and nothing is found by nothing that is seen', async () => {
  const id = crypto.randomUUID();
  expect(await typedSearch(`\u2066${id.toUpperCase()}\u2069\n`)).toMatchObject({
    uuid: id,
    whole: id.toUpperCase(),
  });
  for (const find of Object.values(LISTS)) expect(await find('\u200B\u2069')).toEqual([]);
});

it('text that cannot be stored is no error', async () => {
  expect(await typedSearch('\0\uD800')).toBeNull();
  for (const find of Object.values(LISTS)) expect(await find('a\0\uD800b')).toEqual(expect.any(Array));
});
