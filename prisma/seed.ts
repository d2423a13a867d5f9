/**
 * npm run seed -- [--company [--customers n] [--days n] [--seed n]]
 *
 * A small demo where nobody was yet, of a local Fintoc alone. With --company the three months of a company as well
 * (scripts/seed.mjs). The last line is who can sign in, as JSON.
 */
import { parseArgs } from 'node:util';
import { disconnect } from '~/lib/db';
import { env, fintocMode, isLocalFintoc } from '~/lib/env';
import { movedAddress } from '~/prisma/company/clock';
import { makeCompany } from '~/prisma/company/make';
import { OPERATORS, seedDemo } from '~/prisma/demo';

const { values } = parseArgs({
  options: {
    company: { type: 'boolean', default: false },
    customers: { type: 'string', default: '2000' },
    days: { type: 'string', default: '92' },
    seed: { type: 'string', default: '7' },
  },
});

const { DATABASE_URL } = process.env;
// Before anything connects: the schema that it looks into first is there only while the company is made.
if (values.company && DATABASE_URL) process.env.DATABASE_URL = movedAddress(DATABASE_URL);
env();
const password = process.env.DEMO_PASSWORD;
const isDemo = fintocMode() !== 'live' && isLocalFintoc() && Boolean(password);
if (values.company) {
  const size = { customers: Number(values.customers), days: Number(values.days), seed: Number(values.seed) };
  try {
    process.stdout.write(`${await makeCompany({ isDemo, password: password ?? '', ...size })}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
} else if (isDemo && password) await seedDemo(password);
const made = isDemo ? OPERATORS.map(({ name, role, email }) => ({ name, role, email })) : [];
process.stdout.write(`${JSON.stringify(made)}\n`);
await disconnect();
