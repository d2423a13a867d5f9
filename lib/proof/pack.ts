import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Head } from '~/lib/proof/chain';
import { readTransaction } from '~/lib/proof/pack-verify.mjs';
import type { Ask } from '~/lib/proof/verify';
import { Prisma } from '~/prisma/generated/client';

/** What the chain seals, and by which column its rows are of a time. */
const SEALED = { ledger_transactions: 'posted_at', audit_entries: 'at', chain_decisions: 'at' } as const;
type Sealed = keyof typeof SEALED;
const KINDS = Object.keys(SEALED) as Sealed[];
const SEALS_AT_ONCE = 20;

export type PackFacts = {
  from: Date;
  /** Exclusive. */
  to: Date;
  heads: readonly Head[];
  /** The text of the program that checks the pack, which goes along. */
  verifier: string;
  /** What the files are, for who opens them. */
  readme: string;
};

/** The rows of that time aren't all sealed yet: the worker does it within seconds. */
export class NotSealed extends Error {}

type Range = { first: bigint; last: bigint };
type SealRow = Record<'number' | 'kind' | 'after' | 'through' | 'previous' | 'hash', string> & {
  ids: string[];
  hashes: string[];
};

/**
 * Writes the auditor's pack of a time, by when things were booked: the sealed rows of the ledger, the audit log and
 * decisions as they were sealed, the seals, the heads that were noted outside the database, journal and trial balance,
 * proofs and breaks, and a program that checks it all without a database. `ask` reads at one moment. Leaves piece by
 * piece through `emit`; answers how many rows of each kind. Throws `NotSealed` where some of them have no seal yet.
 */
export async function writePack(
  ask: Ask,
  { from, to, heads, verifier, readme }: PackFacts,
  emit: (chunk: Uint8Array) => void,
): Promise<Record<Sealed, number>> {
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    emit(chunk);
  });
  const range = throughHead(await sealsOf(ask, from, to), heads);
  const write = async (name: string, lines: AsyncIterable<string> | Iterable<string>) => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    for await (const line of lines) file.push(strToU8(`${line}\n`));
    file.push(new Uint8Array(), true);
  };
  const facts = { format: 1, from: from.toISOString(), to: to.toISOString() };
  await write('README.txt', [readme]);
  await write('pack.json', [JSON.stringify(facts)]);
  await write('verify.mjs', [verifier]);
  await write(
    'heads.log',
    heads.map(({ at, number, hash }) => `${at} ${number} ${hash}`),
  );
  await write('seals.jsonl', sealLines(ask, range));
  const counts = { ledger_transactions: 0, audit_entries: 0, chain_decisions: 0 };
  for (const kind of KINDS)
    await write(
      `${kind}.jsonl`,
      counted(sealedTexts(ask, range, kind), () => {
        counts[kind] += 1;
      }),
    );
  await write('journal.csv', journalLines(ask, range, { from, to }));
  await write('trial-balance.csv', trialLines(await trialOf(ask, from, to)));
  await write('proofs.csv', csvOf(await proofsOf(ask, from, to)));
  await write('breaks.csv', csvOf(await breaksOf(ask, from, to)));
  zip.end();
  return counts;
}

/** From the first seal that has a row of that time to the last. */
async function sealsOf(ask: Ask, from: Date, to: Date): Promise<Range | null> {
  const ranges: Range[] = [];
  for (const kind of KINDS) {
    const [table, at] = [Prisma.raw(kind), Prisma.raw(SEALED[kind])];
    const [row] = (await ask(Prisma.sql`
      SELECT r.rows, r.last::text AS id, a.number::text AS first, b.number::text AS last
      FROM (SELECT count(*)::int AS rows, min(id) AS first, max(id) AS last FROM ${table} WHERE ${at} >= ${from} AND ${at} < ${to}) r
      LEFT JOIN LATERAL (SELECT min(number) AS number FROM chain_seals s WHERE s.kind = ${kind} AND s.through >= r.first) a ON true
      LEFT JOIN LATERAL (SELECT max(number) AS number FROM chain_seals s WHERE s.kind = ${kind} AND s.after < r.last AND s.through >= r.last) b ON true`)) as {
      rows: number;
      id: string;
      first: string | null;
      last: string | null;
    }[];
    if (!row || row.rows === 0) continue;
    if (!row.first || !row.last) throw new NotSealed(`${kind} ${row.id}`);
    ranges.push({ first: BigInt(row.first), last: BigInt(row.last) });
  }
  if (ranges.length === 0) return null;
  return ranges.reduce((all, each) => ({
    first: each.first < all.first ? each.first : all.first,
    last: each.last > all.last ? each.last : all.last,
  }));
}

/** Up to a seal that was noted outside the database, where there is one: it holds all before it fast. */
function throughHead(range: Range | null, heads: readonly Head[]): Range | null {
  const noted = range && heads.find(({ number }) => number >= range.last);
  return range && noted ? { first: range.first, last: noted.number } : range;
}

async function* seals(ask: Ask, range: Range | null, kind?: Sealed): AsyncGenerator<SealRow> {
  if (!range) return;
  let after = range.first - 1n;
  for (;;) {
    const rows = (await ask(Prisma.sql`
      SELECT s.number::text, kind, after::text, through::text, ARRAY(SELECT unnest(ids)::text) AS ids,
        ARRAY(SELECT encode(h, 'hex') FROM unnest(hashes) h) AS hashes, encode(previous, 'hex') AS previous, encode(hash, 'hex') AS hash
      FROM chain_seals s WHERE s.number > ${String(after)}::bigint AND s.number <= ${String(range.last)}::bigint
        AND ${kind ? Prisma.sql`kind = ${kind}` : Prisma.sql`true`}
      ORDER BY s.number LIMIT ${SEALS_AT_ONCE}`)) as SealRow[];
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = BigInt(last.number);
  }
}

async function* sealLines(ask: Ask, range: Range | null) {
  for await (const seal of seals(ask, range)) yield JSON.stringify(seal);
}

async function* sealedTexts(ask: Ask, range: Range | null, kind: Sealed) {
  for await (const { after, through, ids } of seals(ask, range, kind)) {
    const rows = (await ask(Prisma.sql`
      SELECT t.said FROM chain_texts(${kind}, ${after}::bigint, ${through}::bigint) t
      WHERE t.id = ANY (${ids}::bigint[]) ORDER BY t.id`)) as { said: string }[];
    for (const { said } of rows) yield said;
  }
}

async function* counted(lines: AsyncIterable<string>, count: () => void) {
  for await (const line of lines) {
    count();
    yield line;
  }
}

const JOURNAL =
  'transaction,posted_at,effective_at,kind,cause,account,code,asset,debit,credit,balance_after,wallet,transfer,withdrawal,note';

/** Amounts in the asset's smallest unit, as the rows have them. */
async function* journalLines(ask: Ask, range: Range | null, { from, to }: { from: Date; to: Date }) {
  yield JOURNAL;
  const moment = (seconds: string) => new Date(Number(seconds) * 1_000).toISOString();
  for await (const said of sealedTexts(ask, range, 'ledger_transactions')) {
    const { id, kind, cause, postedAt, effectiveAt, transferId, withdrawalId, note, entries } =
      readTransaction(said);
    const at = Number(postedAt) * 1_000;
    if (at < from.getTime() || at >= to.getTime()) continue;
    for (const { account, code, asset, amount, balanceAfter, walletId } of entries) {
      const sides = amount > 0n ? [amount, ''] : ['', -amount];
      const of = [walletId, transferId, withdrawalId, note];
      yield csvLine([
        id,
        moment(postedAt),
        moment(effectiveAt),
        kind,
        cause,
        account,
        code,
        asset,
        ...sides,
        balanceAfter,
        ...of,
      ]);
    }
  }
}

type TrialLine = Record<
  'account' | 'code' | 'asset' | 'side' | 'opening' | 'debit' | 'credit' | 'closing',
  string
>;

/** Every account that something was ever booked on; balances with debits above zero. */
async function trialOf(ask: Ask, from: Date, to: Date): Promise<TrialLine[]> {
  return (await ask(Prisma.sql`
    SELECT a.id::text AS account, a.code, a.asset, a.side::text,
      coalesce(sum(e.amount) FILTER (WHERE e.posted_at < ${from}), 0)::text AS opening,
      coalesce(sum(e.amount) FILTER (WHERE e.posted_at >= ${from} AND e.posted_at < ${to} AND e.amount > 0), 0)::text AS debit,
      coalesce(-sum(e.amount) FILTER (WHERE e.posted_at >= ${from} AND e.posted_at < ${to} AND e.amount < 0), 0)::text AS credit,
      coalesce(sum(e.amount) FILTER (WHERE e.posted_at < ${to}), 0)::text AS closing
    FROM ledger_accounts a JOIN ledger_entries e ON e.account_id = a.id
    WHERE e.posted_at < ${to}
    GROUP BY a.id ORDER BY a.asset, a.code`)) as TrialLine[];
}

function* trialLines(lines: readonly TrialLine[]) {
  yield 'account,code,asset,side,opening,debit,credit,closing';
  for (const { account, code, asset, side, opening, debit, credit, closing } of lines)
    yield csvLine([account, code, asset, side, opening, debit, credit, closing]);
}

async function proofsOf(ask: Ask, from: Date, to: Date) {
  return ask(Prisma.sql`
    SELECT id::text, account_id, at, from_at, to_at, from_movement_id, to_movement_id, count, balance::text, difference::text
    FROM proofs WHERE at >= ${from} AND at < ${to} ORDER BY at, id`);
}

async function breaksOf(ask: Ask, from: Date, to: Date) {
  return ask(Prisma.sql`
    SELECT id::text, account_id, asset, kind::text, state::text, subject, expected::text, actual::text, difference::text,
      at, opened_at, released_at, cured_at, accepted_at
    FROM proof_breaks WHERE opened_at < ${to} AND (cured_at IS NULL OR cured_at >= ${from}) ORDER BY opened_at, id`);
}

function* csvOf(rows: readonly unknown[]) {
  const [first] = rows as object[];
  if (!first) return;
  yield Object.keys(first).join(',');
  for (const row of rows as object[])
    yield csvLine(Object.values(row).map((value) => (value instanceof Date ? value.toISOString() : value)));
}

/** As RFC 4180 has it. For programs: nothing is made fit for a spreadsheet, and no value is another than the row's. */
function csvLine(cells: readonly unknown[]): string {
  return cells
    .map((cell) => String(cell ?? ''))
    .map((text) =>
      /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""').replace(/[\r\n]+/g, ' ')}"` : text,
    )
    .join(',');
}
