/**
 * npm run audit:pack -- --from 2026-11-01 --to 2026-11-30 [--zone America/Mexico_City] [--out pack.zip]: what an auditor
 * needs of those days, both included, in one ZIP that checks itself without a database. It needs DATABASE_URL, and
 * CHAIN_HEAD_FILE for what was noted of the chain outside the database.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { daysOf } from '~/components/list/search-params';
import { readHeads } from '~/lib/proof/chain';
import { NotSealed, writePack } from '~/lib/proof/pack';
import type { Ask } from '~/lib/proof/verify';
import { isTimeZone } from '~/lib/time-zones';

const USAGE =
  'Usage: npm run audit:pack -- --from 2026-11-01 --to 2026-11-30 [--zone America/Mexico_City] [--out pack.zip]';
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '' },
    to: { type: 'string', default: '' },
    zone: { type: 'string', default: 'America/Mexico_City' },
    out: { type: 'string' },
  },
});
const { from, to, zone, out = `audit-pack-${from}-${to}.zip` } = values;
const [first, last] = isTimeZone(zone) ? [daysOf(from, zone), daysOf(to, zone)] : [];
const url = process.env.DATABASE_URL;
if (!first || !last || first.since >= last.before) end(USAGE);
else if (!url) end('DATABASE_URL is not set, and npm start has made no local database yet.');
else if (fs.existsSync(out)) end(`${out} is there already.`);
else await write(url, first.since, last.before);

function end(why: string): void {
  console.error(why);
  process.exitCode = 2;
}

async function write(connectionString: string, since: Date, before: Date): Promise<void> {
  const client = new pg.Client({ connectionString, options: '-c TimeZone=UTC' });
  await client.connect();
  // One look at everything.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const ask: Ask = async (query) => (await client.query(query.text, query.values)).rows;
  const unfinished = `${out}.${process.pid}`;
  const file = fs.openSync(unfinished, 'wx', 0o600);
  const text = (name: string) => fs.readFileSync(new URL(`../lib/proof/${name}`, import.meta.url), 'utf8');
  const heads = readHeads(process.env.CHAIN_HEAD_FILE || '.data/chain-head.log');
  const facts = {
    from: since,
    to: before,
    heads,
    verifier: text('pack-verify.mjs'),
    readme: text('pack-readme.txt'),
  };
  try {
    const counts = await writePack(ask, facts, (chunk) => fs.writeSync(file, chunk));
    fs.fsyncSync(file);
    fs.renameSync(unfinished, out);
    for (const [kind, count] of Object.entries(counts)) console.log(`${String(count).padStart(9)}  ${kind}`);
    console.log(`${out}: unpack it and run node verify.mjs in it.`);
  } catch (error) {
    if (!(error instanceof NotSealed)) throw error;
    end(
      `${error.message} isn't sealed yet. The worker seals within seconds: start it, or ask for earlier days.`,
    );
  } finally {
    fs.closeSync(file);
    fs.rmSync(unfinished, { force: true });
    await client.end();
  }
}
