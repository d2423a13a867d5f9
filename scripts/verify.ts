/**
 * npm run verify: checks every promise of the books over the whole database, without asking Fintoc or anybody else.
 * It needs nothing but DATABASE_URL. Ends with 1 when a row is wrong, and names the first wrong row of each rule. What
 * people accepted, and what is covered at the platform's own bank alone, is told and ends with 0.
 */
import pg from 'pg';
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
