/**
 * npm run verify: checks every promise of the books over the whole database, without asking Fintoc or anybody else.
 * It needs DATABASE_URL, and CHAIN_HEAD_FILE for what was noted of the chain outside the database. Ends with 1 when a row is wrong, and names the first wrong row of each rule. What
 * people accepted, and what is covered at the platform's own bank alone, is told and ends with 0.
 */
import pg from 'pg';
import { readHeads } from '~/lib/proof/chain';
import { verifyChain } from '~/lib/proof/chain-verify';
import { WARNINGS } from '~/lib/proof/rules';
import { type Ask, verifyBooks } from '~/lib/proof/verify';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('DATABASE_URL is not set, and npm start has made no local database yet.');
  process.exit(2);
}

const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' });
await client.connect();
// One look at everything: what is posted meanwhile is for the next time.
await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');

const startedAt = Date.now();
const seconds = () => `${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;
const ask: Ask = async (query) => (await client.query(query.text, query.values)).rows;
const faults = await verifyBooks(ask, {
  onProgress({ table, done, total, faults: found }) {
    const [name, unit] = table === 'whole' ? ['the books as a whole', 'rules'] : [table, 'rows'];
    const progress = `${name}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}`;
    console.log(`${seconds().padStart(8)}  ${progress}${found > 0 ? `, ${found} rules broken` : ''}`);
  },
});
const headFile = process.env.CHAIN_HEAD_FILE || '.data/chain-head.log';
const heads = readHeads(headFile);
faults.push(
  ...(await verifyChain(ask, heads, {
    onProgress: ({ done, total }) =>
      console.log(
        `${seconds().padStart(8)}  the chain: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} seals`,
      ),
  })),
);
if (heads.length === 0)
  console.log(
    `\nNOTE: ${headFile} has no head of the chain: rows that were cut off its end can't be missed.`,
  );
const warnings = await verifyBooks(ask, { rules: WARNINGS });
await client.end();

for (const { rule, subject, expected, actual } of faults)
  console.error(`\nWRONG: ${rule}\n  first: ${subject}\n  is:    ${actual}\n  should be: ${expected}`);
for (const { rule, subject, expected, actual } of warnings)
  console.log(`\nNOTE: ${rule}\n  first: ${subject}\n  is:    ${actual}\n  should be: ${expected}`);
console.log(
  faults.length === 0
    ? `\nThe books are sound (${seconds()}).`
    : `\n${faults.length} rules broken (${seconds()}).`,
);
process.exit(faults.length === 0 ? 0 : 1);
