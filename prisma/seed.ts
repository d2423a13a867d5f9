import { system } from '~/lib/actor';
import { disconnect } from '~/lib/db';
import { env, fintocMode, isLocalFintoc } from '~/lib/env';
import { createOperator } from '~/lib/people/access';
import { createCustomer } from '~/lib/people/customers';
import { countOperators } from '~/lib/people/operators';
import type { RoleName } from '~/lib/roles';
import { changeSetting } from '~/lib/settings';
import { openWallet } from '~/lib/wallets/opening';

/** One operator per role, so that every seat at the table can be tried. Never made when the Fintoc key is live. */
const OPERATORS: { name: string; role: RoleName; locale?: string }[] = [
  { name: 'Adriana Admin', role: 'admin' },
  { name: 'Óscar Operador', role: 'operator' },
  { name: 'Abril Aprobadora', role: 'approver' },
  { name: 'Sofía Soporte', role: 'support' },
  { name: 'Aurelio Auditor', role: 'auditor' },
  { name: 'Vera Viewer', role: 'viewer', locale: 'en' },
];

/** Where the local Fintoc takes the balance every day. */
const DAILY_SETTLEMENT_CLABE = '012180000000000002';

const emailOf = (role: RoleName) => `${role}@monedero.test`;

async function seed(): Promise<void> {
  const password = process.env.DEMO_PASSWORD;
  if (fintocMode() === 'live' || !isLocalFintoc() || !password) return;
  if ((await countOperators()) > 0) return;
  const ana = await createCustomer(system('setup'), {
    kind: 'individual',
    name: 'Ana López Hernández',
    country: 'mx',
    taxId: 'LOHA900101MDFPRN01',
    email: 'ana@ejemplo.mx',
    externalId: 'user-1001',
    requestId: 'seed-ana',
  });
  await createCustomer(system('setup'), {
    kind: 'business',
    name: 'Abarrotes La Esperanza SA de CV',
    country: 'mx',
    taxId: 'AES150312KX4',
    externalId: 'shop-2001',
    requestId: 'seed-abarrotes',
  });
  await openWallet(system('setup'), {
    customerId: ana.id,
    pattern: 'A',
    name: 'Monedero de Ana',
    asset: 'MXN',
    requestId: 'seed-ana-wallet',
  });
  await changeSetting(system('setup'), { key: 'settlementNumber', value: { MXN: DAILY_SETTLEMENT_CLABE } });
  // Last, because their presence is what marks a database as seeded.
  for (const { name, role, locale } of OPERATORS) {
    await createOperator(system('setup'), {
      email: emailOf(role),
      name,
      role,
      password,
      ...(locale && { locale }),
    });
  }
}

env();
await seed();
const made =
  process.env.DEMO_PASSWORD && isLocalFintoc()
    ? OPERATORS.map(({ name, role }) => ({ name, role, email: emailOf(role) }))
    : [];
process.stdout.write(`${JSON.stringify(made)}\n`);
await disconnect();
