import { system } from '~/lib/actor';
import { syncFintoc } from '~/lib/inbox/sync';
import { createCustomer } from '~/lib/people/customers';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { type Company, type Happening, type Purse, requestId } from '~/prisma/company/company';
import { deposit, payOut } from '~/prisma/company/money';
import { pursesOf } from '~/prisma/company/onboarding';
import { CHILEANS, type Payer } from '~/prisma/company/people';
import type { Dice } from '~/scripts/chaos/dice';

const bank = (id: string, name: string) => ({ id, name, country: 'cl' });
const PAYERS: Payer[] = [
  {
    name: 'Camila Rojas Fuentes',
    taxId: '15432678-9',
    clabe: '000012345678',
    institution: bank('cl_banco_de_chile', 'Banco de Chile'),
  },
  {
    name: 'Matías Soto Araya',
    taxId: '17654321-6',
    clabe: '000087654321',
    institution: bank('cl_banco_estado', 'Banco Estado'),
  },
  {
    name: 'Comercial Los Andes SpA',
    taxId: '76111222-3',
    clabe: '000055512345',
    institution: bank('cl_banco_santander', 'Banco Santander'),
  },
];
const PAYEE: Payer = {
  name: 'Proveedora Maipo',
  taxId: '12345678-5',
  clabe: '12345678-5/cl_banco_estado/sight/10482',
};

/** Two businesses of Chile, with accounts in pesos of their own: entities that were made in Fintoc's Dashboard. */
export function chileHappenings(company: Company, dice: Dice): Happening[] {
  const weekly = Array.from({ length: 12 }, (_, nth) => 0.14 + nth * 0.07);
  return [
    { at: 0.12, minute: 8 * 60 + 15, does: () => open(company, dice) },
    ...weekly.map((at, nth) => ({ at, minute: 11 * 60 + 40 + nth * 7, does: () => arrive(company, dice) })),
    ...[0.5, 0.78].map((at) => ({ at, minute: 12 * 60 + 35, does: () => leave(company, dice) })),
  ];
}

const ofChile = ({ purses }: Company) => purses.filter(({ asset }) => asset === 'CLP');

async function open(company: Company, dice: Dice): Promise<void> {
  const { world, staff } = company;
  const walletIds: string[] = [];
  for (const { name, taxId, walletName } of CHILEANS) {
    const { id: entityId } = await world.fintoc<{ id: string }>('POST', '/v2/entities', {
      ...{ country_code: 'cl', holder_name: name, holder_id: taxId },
    });
    await world.fintoc('POST', `/entities/${entityId}/status`, { status: 'operational' });
    await syncFintoc(system('sync'));
    const customer = await createCustomer(staff.operator, {
      ...{ kind: 'business', name, country: 'cl', taxId, requestId: requestId('chilean') },
    });
    const { id } = await openWallet(staff.operator, {
      ...{ customerId: customer.id, pattern: 'C', entityId, name: walletName, asset: 'CLP' },
      requestId: requestId('chilean-wallet'),
    });
    walletIds.push(id);
    company.said.customers += 1;
  }
  await advanceOpenings();
  const opened = await pursesOf(dice, walletIds);
  company.purses.push(...opened.map((purse): Purse => ({ ...purse, payers: PAYERS, payees: [PAYEE] })));
}

function arrive(company: Company, dice: Dice): Promise<void> {
  const arrivals = ofChile(company).map((purse) => ({
    ...{ purse, payer: dice.pick(PAYERS), amount: dice.int(25, 900) * 1_000 + dice.int(0, 9) * 90 },
    comment: dice.pick(['Pago factura', 'Pedido semanal', 'Transferencia']),
  }));
  return deposit(company, arrivals);
}

async function leave(company: Company, dice: Dice): Promise<void> {
  const payouts = ofChile(company)
    .filter(({ balance }) => balance > 100_000)
    .map((purse) => ({ purse, amount: dice.int(40, 90) * 1_000, payee: PAYEE, comment: 'Pago a proveedor' }));
  await payOut(company, payouts);
}
