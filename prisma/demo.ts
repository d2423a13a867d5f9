import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { createOperator } from '~/lib/people/access';
import { createCustomer } from '~/lib/people/customers';
import { countOperators } from '~/lib/people/operators';
import type { RoleName } from '~/lib/roles';
import { changeSettlementNumber } from '~/lib/transfers/settlement-number';
import { openWallet } from '~/lib/wallets/opening';

/** One operator per role, so that every seat at the table can be tried. Never made when the Fintoc key is live. */
export const OPERATORS: { name: string; role: RoleName; email: string; locale?: string }[] = (
  [
    { name: 'Adriana Admin', role: 'admin' },
    { name: 'Óscar Operador', role: 'operator' },
    { name: 'Abril Aprobadora', role: 'approver' },
    { name: 'Sofía Soporte', role: 'support' },
    { name: 'Aurelio Auditor', role: 'auditor' },
    { name: 'Vera Viewer', role: 'viewer', locale: 'en' },
  ] as const
).map((operator) => ({ ...operator, email: `${operator.role}@monedero.test` }));

/** Where the local Fintoc takes the balance every day. */
const DAILY_SETTLEMENT_CLABE = '012180000000000002';

/** Two customers, a wallet that opens, and the operators. A database that has operators is left as it is. */
export async function seedDemo(password: string): Promise<void> {
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
  await changeSettlementNumber(system('setup'), { MXN: DAILY_SETTLEMENT_CLABE });
  // Last, because their presence is what marks a database as seeded.
  for (const { name, role, email, locale } of OPERATORS)
    await createOperator(system('setup'), { email, name, role, password, ...(locale && { locale }) });
}

/** The demo's operator of a role, as who acts. */
export async function demoOperator(role: RoleName): Promise<OperatorActor> {
  const email = OPERATORS.find((operator) => operator.role === role)?.email ?? '';
  const { id, name } = await db().operator.findUniqueOrThrow({ where: { email } });
  return { kind: 'operator', id, name, role };
}
