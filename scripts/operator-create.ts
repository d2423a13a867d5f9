/** npm run operator:create -- --email a@b.mx --name "Ana" --role admin; the password comes from OPERATOR_PASSWORD or is generated and shown once. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SYSTEM } from '~/lib/actor';
import { disconnect } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { createOperator } from '~/lib/operators';
import { ROLES, type RoleName } from '~/lib/roles';

const USAGE = `Usage: npm run operator:create -- --email <email> --name <name> [--role ${ROLES.join('|')}] [--locale es-MX|en]`;

const { values } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', default: 'admin' },
    locale: { type: 'string', default: 'es-MX' },
  },
});
const { email, name, role, locale } = values;

if (!email || !name || !ROLES.includes(role as RoleName)) {
  console.error(USAGE);
  process.exit(1);
}

const given = process.env.OPERATOR_PASSWORD;
const password = given ?? randomBytes(12).toString('base64url');
try {
  await createOperator(SYSTEM, { email, name, role: role as RoleName, password, locale });
  console.log(`Operator ${email} (${role}) created.${given ? '' : ` Password, shown only now: ${password}`}`);
} catch (error) {
  console.error(error instanceof DomainError ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}
