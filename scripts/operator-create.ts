/**
 * npm run operator:create -- --email a@b.mx --name "Ana" --role admin; with --reset, a new password for an operator
 * who is there, and no second factor any more. The password comes from OPERATOR_PASSWORD or is generated and shown once.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { system } from '~/lib/actor';
import { disconnect } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { createOperator, resetPassword } from '~/lib/people/access';
import { removeFactor } from '~/lib/people/lost-access';
import { listOperators } from '~/lib/people/operators';
import { ROLES, type RoleName } from '~/lib/roles';

const USAGE = `Usage: npm run operator:create -- --email <email> --name <name> [--role ${ROLES.join('|')}] [--locale es-MX|en]
       npm run operator:create -- --email <email> --reset`;

const { values } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', default: 'admin' },
    locale: { type: 'string', default: 'es-MX' },
    reset: { type: 'boolean', default: false },
  },
});
const { email, name, role, locale, reset } = values;

if (!email || !(name || reset) || !ROLES.includes(role as RoleName)) {
  console.error(USAGE);
  process.exit(1);
}

const given = process.env.OPERATOR_PASSWORD || undefined;
const password = given ?? randomBytes(12).toString('base64url');
try {
  const done = reset ? await giveNewPassword(email) : await create(email, name ?? '');
  console.log(`${done}${given ? '' : ` Password, shown only now: ${password}`}`);
} catch (error) {
  console.error(error instanceof DomainError ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}

async function create(address: string, called: string): Promise<string> {
  await createOperator(system('setup'), {
    email: address,
    name: called,
    role: role as RoleName,
    password,
    locale,
  });
  return `Operator ${address} (${role}) created.`;
}

/** Whoever has the database may do so: it is the way back in for a last admin. */
async function giveNewPassword(address: string): Promise<string> {
  const operator = (await listOperators()).find((one) => one.email === address.trim().toLowerCase());
  if (!operator) throw notFound('operator', address);
  await resetPassword(system('setup'), { id: operator.id, password });
  // Who lost the one may have lost the other.
  if (operator.factors) await removeFactor(system('setup'), { id: operator.id });
  const factor = operator.factors ? ' and sets up a second factor anew' : '';
  return `Operator ${operator.email} (${operator.role}${operator.disabledAt ? ', disabled' : ''}) has a new password${factor}.`;
}
