import { beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT_CODE, type AccountingRules, accountFor, DEFAULT_RULES } from '~/lib/accounting/chart';
import {
  listPolizaLines,
  POLIZAS_PER,
  type PolizaFilter,
  type PolizaLine,
  requireMapped,
} from '~/lib/accounting/polizas';
import {
  accountingRules,
  changeAccountingRules,
  listRuleVersions,
  type SaidRules,
} from '~/lib/accounting/rules';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { TRANSACTION_KINDS } from '~/lib/ledger/kinds';
import { LEDGER_GROUPS, type LedgerGroup, trialBalance } from '~/lib/ledger/read';
import { withTestDatabase } from '~/lib/testing/database';
import { fundHouse, fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { someOfEverything } from '~/lib/testing/listed';
import { moment } from '~/lib/testing/moments';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const timeZone = 'America/Mexico_City';
let admin: OperatorActor;
/** What is booked in this time; some stands before it, and after. */
let [since, before] = [new Date(), new Date()];
let late: OpenWallet;

beforeAll(async () => {
  admin = await someOperator('admin');
  await fundWallet(await someWallet(), 77n);
  since = await moment();
  await someOfEverything(await someOperator('operator'));
  await fundHouse(1_001n);
  before = await moment();
  late = await someWallet();
  await fundWallet(late, 5n);
});

const filter = (facts: Partial<PolizaFilter> = {}): PolizaFilter => ({
  ...{ since, before, per: 'day', timeZone },
  ...facts,
});

async function linesOf(asked: PolizaFilter, rules: AccountingRules = DEFAULT_RULES, size = 1_000) {
  const lines: PolizaLine[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await listPolizaLines({ ...asked, rules, cursor }, size);
    lines.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor);
  return lines;
}

const signed = ({ debit, credit }: PolizaLine) => (debit ?? 0n) - (credit ?? 0n);

function sumsBy(lines: readonly PolizaLine[], key: (line: PolizaLine) => string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const line of lines) sums.set(key(line), (sums.get(key(line)) ?? 0n) + signed(line));
  return sums;
}

describe('the account of a posting', () => {
  it('is there by default for every group of the ledger and every kind, each group’s its own', () => {
    for (const group of LEDGER_GROUPS)
      for (const kind of TRANSACTION_KINDS)
        expect([group, kind, accountFor(DEFAULT_RULES, group, kind)]).toEqual([
          ...[group, kind, expect.stringMatching(ACCOUNT_CODE)],
        ]);
    expect(new Set(Object.values(DEFAULT_RULES.accounts)).size).toBe(LEDGER_GROUPS.length);
  });

  it('is that of its kind within the group where there is one', () => {
    const exceptions = [{ group: 'cash', kind: 'deposit', account: '102-02-001' }] as const;
    const rules = { ...DEFAULT_RULES, exceptions };
    expect(accountFor(rules, 'cash', 'deposit')).toBe('102-02-001');
    expect(accountFor(rules, 'cash', 'payout_accepted')).toBe('102-01-001');
    expect(accountFor({ accounts: {}, exceptions }, 'cash', 'hold')).toBeNull();
  });

  it('is known for every posting that the books have', async () => {
    const booked = await db().ledgerTransaction.groupBy({ by: ['kind'] });
    expect(booked.length).toBeGreaterThan(4);
    for (const { kind } of booked) expect(TRANSACTION_KINDS).toContain(kind);
  });
});

describe.each(POLIZAS_PER)('pólizas, one per %s,', (per) => {
  it('sum to zero each, and all together to what the trial balance moved by in their time', async () => {
    const lines = await linesOf(filter({ per }));
    expect(lines.length).toBeGreaterThan(10);
    for (const { debit, credit } of lines)
      expect([debit === null, (debit ?? credit ?? 0n) > 0n]).toEqual([credit !== null, true]);
    const polizas = sumsBy(lines, ({ number, asset }) => `${number} ${asset}`);
    expect([...polizas.values()].filter((sum) => sum !== 0n)).toEqual([]);

    const at = async (moment: Date) =>
      new Map(
        (await trialBalance({ before: moment, clock: 'posted' })).map(({ group, asset, debit, credit }) => [
          `${DEFAULT_RULES.accounts[group]} ${asset}`,
          debit - credit,
        ]),
      );
    const [then, now] = [await at(since), await at(before)];
    const moved = [...now].map(([key, sum]) => [key, sum - (then.get(key) ?? 0n)] as const);
    const booked = sumsBy(lines, ({ account, asset }) => `${account} ${asset}`);
    expect([...booked].filter(([, sum]) => sum !== 0n).sort()).toEqual(
      moved.filter(([, sum]) => sum !== 0n).sort(),
    );
  });

  it('are the same however they are read, each under one UUID', async () => {
    const lines = await linesOf(filter({ per }));
    expect(await linesOf(filter({ per }), DEFAULT_RULES, 1)).toEqual(lines);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    const uuids = new Map(lines.map(({ number, uuid }) => [number, uuid]));
    for (const { number, uuid } of lines) expect(uuids.get(number)).toBe(uuid);
    expect(new Set(uuids.values()).size).toBe(uuids.size);
  });

  it('say which posting has no account, and are whole once it has one', async () => {
    const { cash: _cash, ...accounts } = DEFAULT_RULES.accounts;
    const asked = { ...filter({ per }), rules: { accounts, exceptions: [] } };
    const refused = await requireMapped(asked).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'postings_unmapped' });
    const missing = String((refused as { details: { missing: string } }).details.missing).split(', ');
    expect(missing).toContain('cash × deposit');
    await expect(linesOf(asked, asked.rules)).rejects.toMatchObject({ code: 'postings_unmapped' });
    const exceptions = missing.map((each) => {
      const [group, kind] = each.split(' × ') as [LedgerGroup, (typeof TRANSACTION_KINDS)[number]];
      return { group, kind, account: '102-09-009' };
    });
    const rules = { accounts, exceptions };
    await requireMapped({ ...asked, rules });
    expect((await linesOf(asked, rules)).map(({ account }) => account)).toContain('102-09-009');
    // Nothing of it was booked afterwards but a deposit: only that is missed there.
    const afterwards = { ...asked, since: before, before: new Date(Date.now() + 60_000) };
    await expect(requireMapped(afterwards)).rejects.toMatchObject({ details: { missing: 'cash × deposit' } });
  });
});

it('a transaction’s póliza says whether money came in or went out, and what caused it', async () => {
  const lines = await linesOf(filter({ per: 'transaction' }));
  const typeOf = (kind: string) =>
    new Set(lines.filter((line) => line.kind === kind).map(({ type }) => type));
  expect(typeOf('deposit')).toEqual(new Set(['income']));
  expect(typeOf('withdrawal_hold')).toEqual(new Set(['journal']));
  expect(lines.find(({ kind }) => kind === 'withdrawal_hold')?.reference).toMatch(/^withdrawal:.*:hold$/);
});

it('a day is one of the zone that is asked for', async () => {
  const { id } = await db()
    .ledgerEntry.findFirstOrThrow({ where: { walletId: late.id } })
    .then(({ transactionId }) => ({ id: transactionId }));
  // Half an hour before midnight in Mexico, and the day after in UTC.
  for (const table of ['ledger_transactions', 'ledger_entries'])
    await tamper(
      `UPDATE ${table} SET posted_at = '2025-11-01T05:30:00Z' WHERE ${table === 'ledger_entries' ? 'transaction_id' : 'id'} = $1`,
      [id],
    );
  await tamper(
    `UPDATE ledger_transactions SET posted_at = '2025-10-01T00:00:00Z' WHERE id = (SELECT min(id) FROM ledger_transactions)`,
  );
  await tamper(
    `UPDATE ledger_entries SET posted_at = '2025-10-01T00:00:00Z' WHERE transaction_id = (SELECT min(id) FROM ledger_transactions)`,
  );
  const span = { since: new Date('2025-10-31T00:00:00Z'), before: new Date('2025-11-03T00:00:00Z') };
  for (const per of POLIZAS_PER) {
    const daysIn = async (zone: string) =>
      new Set((await linesOf(filter({ ...span, per, timeZone: zone }))).map(({ day }) => day));
    expect(await daysIn(timeZone)).toEqual(new Set(['2025-10-31']));
    expect(await daysIn('UTC')).toEqual(new Set(['2025-11-01']));
  }
  const asked = { ...filter({ since: new Date('2025-09-30T00:00:00Z') }), rules: DEFAULT_RULES };
  const { items, nextCursor } = await listPolizaLines(asked, 1_000);
  expect([new Set(items.map(({ day }) => day)).size, nextCursor]).toEqual([3, null]);
});

describe('the rules', () => {
  const rules = (facts: Partial<SaidRules> = {}): SaidRules => ({
    ...{ version: 0, accounts: { ...DEFAULT_RULES.accounts, cash: '1020.01' }, exceptions: [] },
    ...facts,
  });

  it('are those by default until somebody who may changes them, in a version that nobody changes', async () => {
    expect(await accountingRules()).toEqual({ version: 0, rules: DEFAULT_RULES });
    await expect(changeAccountingRules(await someOperator('auditor'), rules())).rejects.toMatchObject({
      code: 'forbidden',
    });
    const exceptions = [{ group: 'cash', kind: 'deposit', account: 'BBVA-1' }];
    const changed = await changeAccountingRules(admin, rules({ exceptions }));
    expect(changed).toMatchObject({ version: 1, rules: { accounts: { cash: '1020.01' }, exceptions } });
    expect(await accountingRules()).toEqual(changed);
    // Sent again, it is no other version.
    expect(await changeAccountingRules(admin, rules({ exceptions }))).toEqual(changed);
    expect(await listRuleVersions()).toMatchObject([{ version: 1, madeBy: admin.name }]);
    const audited = await db().auditEntry.findFirst({ where: { action: 'accounting_rules.changed' } });
    expect(audited).toMatchObject({ actorId: admin.id, after: { version: 1, cash: '1020.01' } });
    await expect(
      db().accountingRule.update({ where: { version: 1 }, data: { accounts: {} } }),
    ).rejects.toThrow();
    await expect(tamperless()).rejects.toThrow(/permission denied|append-only/);
  });

  it('are not written over by who looked at older ones, nor with what is no account', async () => {
    const other = { ...DEFAULT_RULES.accounts, cash: '1020.02' };
    await expect(changeAccountingRules(admin, rules({ accounts: other }))).rejects.toMatchObject({
      code: 'conflict',
    });
    const refused = (facts: Partial<SaidRules>) =>
      changeAccountingRules(admin, rules({ version: 1, ...facts })).then(
        () => null,
        ({ fields }: { fields: object }) => fields,
      );
    expect(await refused({ accounts: { cash: '=1+1' } })).toEqual({ cash: 'account_code' });
    const one = { group: 'cash', kind: 'deposit', account: 'x' };
    expect(await refused({ exceptions: [one, one] })).toEqual({ kind1: 'taken' });
    expect(await refused({ exceptions: [{ ...one, account: 'a,b' }] })).toEqual({ account0: 'account_code' });
    expect(await refused({ exceptions: [{ ...one, kind: 'gift' }] })).toEqual({ exceptions: 'required' });
    expect((await accountingRules()).version).toBe(1);
  });

  it('may leave a group without an account', async () => {
    const { rules: inForce } = await changeAccountingRules(
      admin,
      rules({ version: 1, accounts: { cash: '1' } }),
    );
    expect(inForce.accounts).toEqual({ cash: '1' });
  });
});

const tamperless = () => db().$executeRaw`DELETE FROM accounting_rules`;
