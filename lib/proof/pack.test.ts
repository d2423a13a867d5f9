import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { noteHead, readHeads } from '~/lib/proof/chain';
import { NotSealed, writePack } from '~/lib/proof/pack';
import { readLine, readRow, verifyPack } from '~/lib/proof/pack-verify.mjs';
import { sealAll, withChain } from '~/lib/testing/chains';
import { withTestDatabase } from '~/lib/testing/database';
import { moment } from '~/lib/testing/moments';

withTestDatabase();
const { sealedDoings, approved } = withChain();
const verifier = fs.readFileSync(path.join(import.meta.dirname, 'pack-verify.mjs'), 'utf8');

let folder = '';
let from: Date;
let to: Date;
beforeAll(async () => {
  await sealedDoings();
  from = await moment();
  const { id } = await sealedDoings();
  to = await moment();
  await sealedDoings();
  expect(id).not.toBe('');
});
beforeEach(async () => {
  await noteHead(new Date());
  folder = await packed({ from, to });
});

const folders: string[] = [];
afterAll(() => {
  for (const each of folders) fs.rmSync(each, { recursive: true });
});

/** Makes a pack and unpacks it. */
async function packed(time: { from: Date; to: Date }): Promise<string> {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL ?? '',
    options: '-c TimeZone=UTC',
  });
  await client.connect();
  const chunks: Uint8Array[] = [];
  const facts = { ...time, heads: readHeads(env().CHAIN_HEAD_FILE), verifier, readme: 'Read me' };
  try {
    await writePack(
      async (query) => (await client.query(query.text, query.values)).rows,
      facts,
      (chunk) => chunks.push(chunk),
    );
  } finally {
    await client.end();
  }
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'pack-'));
  folders.push(at);
  for (const [name, bytes] of Object.entries(unzipSync(Buffer.concat(chunks))))
    fs.writeFileSync(path.join(at, name), bytes);
  return at;
}

const textOf = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
const linesOf = (name: string) => textOf(name).trimEnd().split('\n');
const change = (name: string, by: (text: string) => string) => {
  const [before, after] = [textOf(name), by(textOf(name))];
  expect(after).not.toBe(before);
  fs.writeFileSync(path.join(folder, name), after);
};
const wrong = async () => [...(await verifyPack(folder)).faults.keys()];

describe('an audit pack', () => {
  it('is sound by its own program, without anything of ours', () => {
    const said = execFileSync(process.execPath, ['verify.mjs'], {
      cwd: folder,
      env: { NODE_ENV: 'test' },
      encoding: 'utf8',
    });
    expect(said).toContain('The pack is sound.');
    expect(said).toMatch(/[1-9]\d* {2}of them noted outside the database/);
  });

  it('has every row of its time and the whole seals around them', async () => {
    const ids = linesOf('ledger_transactions.jsonl').map((line) => String(readRow(line)[0]));
    const within = await db().ledgerTransaction.findMany({
      where: { postedAt: { gte: from, lt: to } },
      select: { id: true },
    });
    expect(within.length).toBeGreaterThan(2);
    expect(ids).toEqual(expect.arrayContaining(within.map(({ id }) => String(id))));
    const { counts } = await verifyPack(folder);
    expect(counts).toMatchObject({ ledger_transactions: ids.length, chain_decisions: expect.any(Number) });
    expect(counts.audit_entries).toBeGreaterThanOrEqual(
      await db().auditEntry.count({ where: { at: { gte: from, lt: to } } }),
    );
  });

  it('has a journal and a trial balance of exactly its time', async () => {
    const [head = '', ...journal] = linesOf('journal.csv').map(readLine);
    expect(head).toContain('balance_after');
    const entries = await db().ledgerEntry.findMany({ where: { postedAt: { gte: from, lt: to } } });
    const side = (index: number) => journal.reduce((sum, line) => sum + BigInt(line[index] || 0), 0n);
    const debits = entries.reduce((sum, { amount }) => sum + (amount > 0n ? amount : 0n), 0n);
    expect([journal.length, side(8), side(9)]).toEqual([entries.length, debits, debits]);
    const trial = linesOf('trial-balance.csv').slice(1).map(readLine);
    const [account = '', , , , opening, , , closing] =
      trial.find((line) => line[1]?.endsWith('/available')) ?? [];
    const moved = entries.filter(({ accountId }) => String(accountId) === account);
    expect(moved.length).toBeGreaterThan(0);
    expect(BigInt(closing ?? 0) - BigInt(opening ?? 0)).toBe(
      moved.reduce((sum, { amount }) => sum + amount, 0n),
    );
  });

  it('of a time with nothing in it is sound and empty', async () => {
    folder = await packed({ from: new Date('2001-01-01'), to: new Date('2001-02-01') });
    expect(await verifyPack(folder)).toMatchObject({ faults: new Map(), seals: 0 });
  });

  it('is not made of what isn’t sealed yet', async () => {
    await approved();
    await expect(packed({ from, to: new Date(Date.now() + 60_000) })).rejects.toBeInstanceOf(NotSealed);
    await sealAll();
  });
});

describe('its program names', () => {
  const seals = () => linesOf('seals.jsonl').map((line) => JSON.parse(line));
  /** A row that somebody changed, with its hash and the hashes of all seals made to fit. */
  const forged = () => {
    const rows = new Map<string, string[]>(
      ['ledger_transactions', 'audit_entries', 'chain_decisions'].map((kind) => [
        kind,
        linesOf(`${kind}.jsonl`),
      ]),
    );
    const at = new Map([...rows.keys()].map((kind) => [kind, 0]));
    let previous: string | null = null;
    const sealed = seals().map((seal) => {
      const from = at.get(seal.kind) ?? 0;
      at.set(seal.kind, from + seal.ids.length);
      const hashes = (rows.get(seal.kind) ?? [])
        .slice(from, from + seal.ids.length)
        .map((said) => createHash('sha256').update(said).digest('hex'));
      const before: string = previous ?? seal.previous;
      const said = `[${seal.number}, "${seal.kind}", ${seal.after}, ${seal.through}, [${seal.ids.join(', ')}]]`;
      const hash = createHash('sha256').update(Buffer.from(before, 'hex')).update(said);
      for (const each of hashes) hash.update(Buffer.from(each, 'hex'));
      previous = hash.digest('hex');
      return { ...seal, hashes, previous: before, hash: previous };
    });
    fs.writeFileSync(
      path.join(folder, 'seals.jsonl'),
      sealed.map((seal) => `${JSON.stringify(seal)}\n`).join(''),
    );
  };
  const inFirst = (pattern: RegExp, by: string) => (text: string) => text.replace(pattern, by);

  it.each([
    ['an amount', 'ledger_transactions', /, (\d+)(, \d+, "[a-z_]+", )/, ', 1$1$2'],
    ['who did something', 'audit_entries', /"operator"/, '"system"'],
    ['a decision', 'chain_decisions', /"approved"/, '"declined"'],
  ])('%s that was changed', async (_what, kind, pattern, by) => {
    change(`${kind}.jsonl`, inFirst(pattern, by));
    expect(await wrong()).toContain(`a sealed row of ${kind} stays as it was`);
  });

  it('a row that is gone, and one that was put in', async () => {
    const [first = '', ...others] = linesOf('audit_entries.jsonl');
    change('audit_entries.jsonl', () => `${others.join('\n')}\n`);
    expect(await wrong()).toContain('every sealed row of audit_entries is there');
    change('audit_entries.jsonl', () => `${[first, ...others, first].join('\n')}\n`);
    expect(await wrong()).toEqual(['no row of audit_entries was put between the sealed ones']);
  });

  it('rows that were sealed anew to fit, by what was noted outside the database', async () => {
    change('audit_entries.jsonl', inFirst(/"operator"/, '"system"'));
    forged();
    expect(await wrong()).toEqual(['the seals are those that were noted outside the database']);
  });

  it('money that doesn’t add up, even where all was sealed anew', async () => {
    change('ledger_transactions.jsonl', inFirst(/("MXN", )(\d+)(, \d+, "[a-z_]+", )/g, '$11$2$3'));
    forged();
    expect(await wrong()).toEqual(
      expect.arrayContaining(['debits equal credits', 'a balance is the one before it plus what was booked']),
    );
  });

  it('a seal that is gone, and a trial balance that was made nicer', async () => {
    change('seals.jsonl', (text) => text.split('\n').toSpliced(1, 1).join('\n'));
    expect(await wrong()).toContain('each seal follows from the one before it');
    folder = await packed({ from, to });
    change('trial-balance.csv', (text) => text.replace(/,(\d+),(\d+)\n/, ',$1,1$2\n'));
    expect(await wrong()).toContain('the trial balance is what the rows add up to');
  });
});

it('a line of CSV is read as it was written, and a number whole', () => {
  expect(readLine('1,"a, ""b""",,x')).toEqual(['1', 'a, "b"', '', 'x']);
  expect(readRow('[9007199254740993, "1, 2", null, true, -5.25]')).toEqual([
    ...['9007199254740993', '1, 2', null, true, '-5.25'],
  ]);
});
