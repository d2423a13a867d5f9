/**
 * npm run verify: checks every promise of the books over the whole database, without asking Fintoc or anybody else.
 * It needs DATABASE_URL, and CHAIN_HEAD_FILE for what was noted of the chain outside the database. Ends with 1 when a row
 * is wrong, and names the first wrong row of each rule. What people accepted, and what is covered at the platform's own
 * bank alone, is told and ends with 0. It speaks Spanish where LANG does, else English.
 */
import pg from 'pg';
import { readHeads } from '~/lib/proof/chain';
import { verifyChain } from '~/lib/proof/chain-verify';
import { WARNINGS } from '~/lib/proof/rules';
import { type Ask, verifyBooks } from '~/lib/proof/verify';
import { verifyWords } from '~/scripts/lib/verify-words';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('DATABASE_URL is not set, and npm start has made no local database yet.');
  process.exit(2);
}

const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' });
await client.connect();
// One look at everything: what is posted meanwhile is for the next time.
await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');

const words = await verifyWords(process.env);
const { said } = words;
const startedAt = Date.now();
const seconds = () => `${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;
const ask: Ask = async (query) => (await client.query(query.text, query.values)).rows;
const faults = await verifyBooks(ask, {
  onProgress({ table, done, total, faults: found }) {
    const [name, unit] = table === 'whole' ? said.whole : [table, said.rows];
    const broken = found > 0 ? `, ${said.broken(found)}` : '';
    console.log(`${seconds().padStart(8)}  ${words.progress(name, done, total, unit)}${broken}`);
  },
});
const headFile = process.env.CHAIN_HEAD_FILE || '.data/chain-head.log';
const heads = readHeads(headFile);
faults.push(
  ...(await verifyChain(ask, heads, {
    onProgress: ({ done, total }) =>
      console.log(`${seconds().padStart(8)}  ${words.progress(said.chain[0], done, total, said.chain[1])}`),
  })),
);
if (heads.length === 0) console.log(`\n${said.note}: ${said.noHead(headFile)}`);
const warnings = await verifyBooks(ask, { rules: WARNINGS });
await client.end();

for (const fault of faults) console.error(words.fault(fault, 'wrong'));
for (const fault of warnings) console.log(words.fault(fault, 'note'));
console.log(`\n${faults.length === 0 ? said.sound : said.broken(faults.length)} (${seconds()}).`);
process.exit(faults.length === 0 ? 0 : 1);
