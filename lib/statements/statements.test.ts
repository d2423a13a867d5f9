import { randomUUID } from 'node:crypto';
import readSheets from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyActor, OperatorActor } from '~/lib/actor';
import { permissionsOf, type Scope } from '~/lib/api/scopes';
import { db } from '~/lib/db';
import { walletBalancesAt } from '~/lib/ledger/history';
import { toDecimal } from '~/lib/money';
import { askStatement, type NewStatement } from '~/lib/statements/ask';
import { takeStatement } from '~/lib/statements/file';
import { changePlatform } from '~/lib/statements/logo';
import { forgetStatements } from '~/lib/statements/make';
import { partsOf } from '~/lib/statements/parts';
import { listStatements } from '~/lib/statements/read';
import { someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet, spendFrom } from '~/lib/testing/factories';
import { fileOf, made, readPdf, unzipped, writeLines } from '~/lib/testing/statements';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const MONTH: [string, string] = ['2025-10-01T06:00:00Z', '2025-11-01T06:00:00Z'];
const OCTOBER = { from: '2025-10-01', to: '2025-10-31', timeZone: 'America/Mexico_City' };
const [MANY, FEW] = [2_000, 5];

let actor: OperatorActor;
/** One with many lines, and one with few. */
let wallet: OpenWallet;
let small: OpenWallet;
beforeAll(async () => {
  actor = await someOperator('auditor');
  [wallet, small] = [await someWallet(), await someWallet()];
  for (const each of [wallet, small]) await fundWallet(each, 123_456n);
  // It came in September, and all of October after it.
  await tamper(
    `UPDATE ledger_entries SET posted_at = '2025-09-15T18:00:00Z', effective_at = '2025-09-15T18:00:00Z'
     WHERE wallet_id = ANY ($1)`,
    [[wallet.id, small.id]],
  );
  await writeLines(wallet.id, MANY, MONTH);
  await writeLines(small.id, FEW, MONTH);
});

/** Of the small one, where nothing else is said. */
const asked = (facts: Partial<NewStatement> = {}) =>
  askStatement(actor, {
    ...{ scope: 'wallet', scopeId: small.id, ...OCTOBER, format: 'pdf', locale: 'es-MX' },
    ...facts,
  });

/** `1,234.50` and `−1,234.50` in centavos. */
const centavos = (text: string) => BigInt(text.replace('−', '-').replace(/[.,]/g, ''));

async function ledgerAt({ id }: OpenWallet, moment: string): Promise<bigint> {
  const { available } = await walletBalancesAt(id, 'MXN', {
    before: new Date(moment),
    clock: 'posted',
  });
  return available;
}

describe('a statement as a PDF', () => {
  it.each([
    ['es-MX', MANY, 'Estado de cuenta', 'Saldo inicial', 'Saldo final', 'Depósito'],
    ['en', FEW, 'Statement', 'Opening balance', 'Closing balance', 'Deposit'],
  ] as const)(
    'in %s and of %i lines is tagged, and adds up in a reader that isn’t ours',
    async (locale, count, title, first, last, kind) => {
      const of = count === MANY ? wallet : small;
      const before = process.cpuUsage();
      const statement = await made(await asked({ scopeId: of.id, locale }));
      expect([statement.state, statement.lines]).toEqual(['ready', BigInt(count)]);
      // Seconds of work, whatever else the machine does meanwhile.
      expect(process.cpuUsage(before).user).toBeLessThan(30_000_000);
      const { name, bytes } = await fileOf(actor, statement);
      expect(name).toMatch(/-MXN-2025-10\.pdf$/);
      const pdf = await readPdf(bytes);
      expect([pdf.marked, pdf.lang, pdf.title?.startsWith(title)]).toEqual([true, locale, true]);
      expect(pdf.pages > 10).toBe(count === MANY);
      expect(pdf.roles).toMatchObject({ H1: 1, TH: expect.any(Number), TD: expect.any(Number) });

      const rows = pdf.rows.filter(({ length }) => length === 4);
      const [opening, ...rest] = rows.slice(1);
      const [lines, closing] = [rest.slice(0, -1), rest.at(-1)];
      expect([opening?.[1], closing?.[1], lines.length]).toEqual([first, last, count]);
      expect(lines[0]?.[1]).toContain(kind);
      let balance = centavos(opening?.[3] ?? '');
      expect(balance).toBe(await ledgerAt(of, MONTH[0]));
      for (const [, , amount = '', after = ''] of lines) {
        balance += centavos(amount);
        expect(centavos(after)).toBe(balance);
      }
      expect(balance).toBe(centavos(closing?.[3] ?? ''));
      expect(balance).toBe(await ledgerAt(of, MONTH[1]));
      expect(pdf.text).toContain(of.number);
    },
  );

  it('bears the platform’s name and logo, and says how far the books are proven', async () => {
    const admin = await someOperator('admin');
    const logo = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#0a7"/></svg>',
    );
    await changePlatform(admin, { name: 'Nopal Pagos', logo });
    const [provenAt, movementAt] = [new Date('2025-11-02T18:00:00Z'), new Date('2025-11-01T17:00:00Z')];
    await db().proofState.upsert({
      where: { accountId: small.accountId },
      create: {
        accountId: small.accountId,
        provenAt,
        provenMovementId: 'mov_1',
        provenMovementAt: movementAt,
      },
      update: { provenAt, provenMovementId: 'mov_1', provenMovementAt: movementAt },
    });
    const pdf = await readPdf((await fileOf(actor, await made(await asked({ locale: 'en' })))).bytes);
    expect(pdf.roles.Figure).toBe(1);
    expect(pdf.text).toContain('Nopal Pagos');
    expect(pdf.text.replace(/\s+/g, ' ')).toMatch(/match the bank up to its movement of Nov 1, 2025/);
  });

  it('goes on in a next part where it has more lines than one holds', async () => {
    const parts = (await partsOf(await asked({ scopeId: wallet.id }), { pdfLines: 900 })) ?? [];
    expect(parts.map(({ after, through }) => through - after)).toEqual([900n, 900n, 200n]);
    expect(parts.slice(1).map(({ after }) => after)).toEqual(
      parts.slice(0, -1).map(({ through }) => through),
    );
    expect(parts.map(({ part, parts: all }) => `${part}/${all}`)).toEqual(['1/3', '2/3', '3/3']);
  });
});

describe('a statement as a workbook', () => {
  it.each([
    ['es-MX', MANY],
    ['en', FEW],
  ] as const)('in %s and of %i lines adds up, with the sums beside them', async (locale, count) => {
    const of = count === MANY ? wallet : small;
    const { bytes } = await fileOf(
      actor,
      await made(await asked({ scopeId: of.id, locale, format: 'xlsx' })),
    );
    const [lines, summary] = await readSheets(Buffer.from(bytes));
    const rows = lines?.data.slice(1) ?? [];
    const [first, last] = [rows.at(0), rows.at(-1)];
    const amounts = rows.slice(1, -1).map((row) => Math.round(Number(row.at(-2)) * 100));
    expect(amounts).toHaveLength(count);
    const sum = amounts.reduce((all, each) => all + each, 0);
    expect(Math.round(Number(first?.at(-1)) * 100) + sum).toBe(Math.round(Number(last?.at(-1)) * 100));
    expect(Number(last?.at(-1)).toFixed(2)).toBe(toDecimal(await ledgerAt(of, MONTH[1]), 'MXN'));
    expect(summary?.sheet).toBe(locale === 'en' ? 'Summary' : 'Resumen');
    expect(JSON.stringify(summary?.data)).toContain(of.number);
  });
});

describe('statements of many', () => {
  it('are one ZIP of those with movement, each by its name', async () => {
    const others = [await someWallet(), await someWallet()];
    for (const other of others) await fundWallet(other, 5_000n);
    await someWallet();
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: OCTOBER.timeZone }).format(new Date());
    const statement = await made(
      await asked({ scope: 'all', scopeId: undefined, from: today, to: today, format: 'xlsx' }),
    );
    const { name, bytes } = await fileOf(actor, statement);
    expect(name).toBe(`estados-de-cuenta-${today}.zip`);
    const files = unzipped(bytes);
    const moved = await db().ledgerEntry.findMany({
      where: { walletId: { not: null }, postedAt: { gte: statement.fromAt, lt: statement.toAt } },
      distinct: ['walletId'],
    });
    expect(files).toHaveLength(moved.length);
    expect([statement.files, statement.done]).toEqual([files.length, files.length]);
    for (const [, file] of files) expect((await readSheets(Buffer.from(file))).length).toBe(2);
  });

  it('that have nothing to tell, and a wallet that never moved, say so', async () => {
    const quiet = await someWallet();
    const nothing = await made(await asked({ scope: 'customer', scopeId: quiet.customerId ?? '' }));
    expect([nothing.state, nothing.failure]).toEqual(['failed', 'nothing']);
    const { bytes } = await fileOf(actor, await made(await asked({ scopeId: quiet.id })));
    expect((await readPdf(bytes)).text).toContain('Sin movimientos en el periodo.');
  });
});

describe('who may', () => {
  const keyWith = async (...scopes: Scope[]): Promise<KeyActor> => {
    const { id } = await someKey(scopes);
    return { kind: 'key', id, name: 'Backend', scopes: permissionsOf(scopes), limits: {}, portfolioIds: [] };
  };

  it('is asked at every step, and a file shows what who asked may see, and goes to nobody who sees less', async () => {
    for (const role of ['viewer', 'support'] as const) {
      const nobody = await someOperator(role);
      const whole = await made(await asked());
      await expect(
        askStatement(nobody, { scope: 'all', ...OCTOBER, format: 'pdf', locale: 'en' }),
      ).rejects.toMatchObject({ code: 'forbidden' });
      await expect(takeStatement(nobody, { id: whole.id })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(listStatements(nobody, {})).rejects.toMatchObject({ code: 'forbidden' });
    }
    const masked = await keyWith('statements:write');
    const own = await made(
      await askStatement(masked, {
        ...{ scope: 'wallet', scopeId: small.id, ...OCTOBER, format: 'xlsx', locale: 'en' },
      }),
    );
    expect(own.isWhole).toBe(false);
    const [, summary] = await readSheets(Buffer.from((await fileOf(masked, own)).bytes));
    expect(JSON.stringify(summary?.data)).not.toContain('MUAD800101AB1');
    const whole = await made(await asked({ format: 'xlsx' }));
    const [, said] = await readSheets(Buffer.from((await fileOf(actor, whole)).bytes));
    expect(JSON.stringify(said?.data)).toContain('MUAD800101AB1');
    await expect(takeStatement(masked, { id: whole.id })).rejects.toMatchObject({ code: 'forbidden' });
    const looks = await db().dataLook.findMany({ where: { about: whole.id }, include: { customers: true } });
    expect(looks, 'who took it whole is written down with whose it is').toMatchObject([
      { about: whole.id, actorId: actor.id, customers: [{ customerId: small.customerId }] },
    ]);
  });

  it('asking and taking are in the history of whose it is', async () => {
    const statement = await made(await asked());
    await fileOf(actor, statement);
    const acts = await db().auditEntry.findMany({
      where: {
        subjectType: 'wallet',
        subjectId: small.id,
        after: { path: ['statementId'], equals: statement.id },
      },
      orderBy: { id: 'asc' },
    });
    expect(acts.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['statement.requested', actor.id],
      ['statement.downloaded', actor.id],
    ]);
  });

  it('one who is disabled meanwhile gets none', async () => {
    const leaver = await someOperator('operator');
    const statement = await askStatement(leaver, {
      ...{ scope: 'wallet', scopeId: small.id, ...OCTOBER, format: 'pdf', locale: 'en' },
    });
    await db().operator.update({ where: { id: leaver.id }, data: { disabledAt: new Date() } });
    expect(await made(statement)).toMatchObject({ state: 'failed', failure: 'asker_gone' });
  });
});

it('what is asked twice under one id is made once; days that are none are refused by their field', async () => {
  const requestId = randomUUID();
  const [one, two] = [await asked({ requestId }), await asked({ requestId })];
  expect(two.id).toBe(one.id);
  const refused = (facts: Partial<NewStatement>) =>
    asked(facts).catch((error: { fields: object }) => error.fields);
  expect(await refused({ from: '2025-02-30' })).toEqual({ from: 'day_format' });
  expect(await refused({ from: '2025-10-31', to: '2025-10-01' })).toEqual({ to: 'before_start' });
  expect(await refused({ to: '2099-01-01' })).toEqual({ to: 'in_the_future' });
  expect(await refused({ timeZone: 'Marte' })).toEqual({ timeZone: 'time_zone' });
});

it('a file is there until its time is over, and that it was made stays', async () => {
  const statement = await made(await asked());
  await db().statement.update({ where: { id: statement.id }, data: { expiresAt: new Date() } });
  await expect(takeStatement(actor, { id: statement.id })).rejects.toMatchObject({
    code: 'statement_expired',
  });
  expect(await forgetStatements()).toBe(1);
  expect(await db().statementChunk.count({ where: { statementId: statement.id } })).toBe(0);
  await expect(db().statement.delete({ where: { id: statement.id } })).rejects.toThrow();
});

it('books that don’t follow from line to line give none', async () => {
  const broken = await someWallet();
  await fundWallet(broken, 5_000n);
  await spendFrom(broken, 1_000n);
  await fundWallet(broken, 2_000n);
  await tamper(
    'UPDATE ledger_entries SET balance_after = balance_after + 1 WHERE wallet_id = $1 AND balance_after = 4000',
    [broken.id],
  );
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: OCTOBER.timeZone }).format(new Date());
  const statement = await made(await asked({ scopeId: broken.id, from: today, to: today }));
  expect([statement.state, statement.failure]).toEqual(['failed', 'not_chained']);
});
