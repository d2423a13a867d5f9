import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import {
  startOnboarding,
  submitOnboarding,
  syncOnboarding,
  uploadOnboardingDocument,
} from '~/lib/entities/entities';
import { documentSlots } from '~/lib/entities/kyb';
import { readOnboarding } from '~/lib/entities/kyb-form';
import { getOnboardingRecord } from '~/lib/entities/read';
import { createCustomer } from '~/lib/people/customers';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { retryOpening } from '~/lib/wallets/wallets';
import { type Company, type Happening, requestId } from '~/prisma/company/company';
import { pursesOf } from '~/prisma/company/onboarding';
import { someBusiness, somePayer } from '~/prisma/company/people';
import type { Dice } from '~/scripts/chaos/dice';

/** How far each comes, and when it begins. Each is a client that gets an entity and an account of its own. */
const CLIENTS = [
  ...[0.1, 0.33, 0.57].map((at) => ({ at, ends: 'approved' as const })),
  { at: 0.52, ends: 'rejected' as const },
  { at: 0.9, ends: 'cancelled' as const },
  ...[0.955, 0.985].map((at) => ({ at, ends: 'submitted' as const })),
  ...[0.93, 0.97].map((at) => ({ at, ends: 'in_progress' as const })),
  { at: 0.98, ends: 'pending' as const },
  { at: 0.988, ends: 'not_started' as const },
];
type Ends = (typeof CLIENTS)[number]['ends'];
type Client = { walletId: string; entityId: string; onboardingId: string };

/** From the first form to Fintoc's verdict, which takes it a day. */
export function kybHappenings(company: Company, dice: Dice): Happening[] {
  return CLIENTS.flatMap(({ at, ends }, nth) => {
    let client: Client | undefined;
    const begin = async () => {
      client = await beginKyb(company, dice, ends);
    };
    const decide = async () => {
      if (client) await endKyb(company, dice, client, ends);
    };
    return [
      { at, minute: 10 * 60 + 21 + nth, does: begin },
      { at: at + 0.012, minute: 15 * 60 + 9 + nth, does: decide },
    ];
  });
}

async function beginKyb({ staff, dice: all, said }: Company, dice: Dice, ends: Ends): Promise<Client> {
  said.customers += 1;
  const { walletName: name, ...facts } = someBusiness(all.for(`kyb ${said.customers}`), said.customers);
  const customer = await createCustomer(staff.operator, { ...facts, requestId: requestId('client') });
  const { id: walletId } = await openWallet(staff.operator, {
    ...{ customerId: customer.id, pattern: 'C', name, asset: 'MXN', requestId: requestId('client-wallet') },
  });
  await advanceOpenings();
  const { entityId } = await db().walletAsset.findFirstOrThrow({ where: { walletId } });
  if (!entityId) throw new Error('The client has no entity.');
  if (ends === 'not_started') return { walletId, entityId, onboardingId: '' };
  await startOnboarding(staff.operator, { entityId, data: dataOf(dice), requestId: requestId('kyb') });
  const onboarding = await db().onboarding.findFirstOrThrow({ where: { entityId }, select: { id: true } });
  const slots = documentSlots((await getOnboardingRecord(system('setup'), onboarding.id)).raw);
  const handedIn =
    ends === 'pending' ? [] : ends === 'in_progress' ? slots.slice(0, Math.ceil(slots.length / 2)) : slots;
  for (const { target, key } of handedIn) {
    const file = new File(['%PDF-1.4 …'], `${key}.pdf`, { type: 'application/pdf' });
    await uploadOnboardingDocument(staff.operator, { onboardingId: onboarding.id, target, file });
  }
  if (ends === 'approved' || ends === 'rejected' || ends === 'submitted')
    await submitOnboarding(staff.operator, { onboardingId: onboarding.id });
  return { walletId, entityId, onboardingId: onboarding.id };
}

async function endKyb(company: Company, dice: Dice, client: Client, ends: Ends): Promise<void> {
  const { world } = company;
  const { walletId, entityId, onboardingId } = client;
  const sync = () => syncOnboarding(system('sync'), { onboardingId });
  if (ends === 'cancelled') {
    await world.fintoc('POST', `/entities/${entityId}/status`, { status: 'canceled' });
    await sync();
  } else if (ends === 'rejected') {
    const documents = { proof_of_address: 'El comprobante tiene más de tres meses' };
    await world.takeIn(1, () =>
      world.fintoc('POST', `/onboardings/${onboardingId}/reject`, {
        reason: 'Documentos vencidos',
        documents,
      }),
    );
    await sync();
  } else if (ends === 'approved') {
    await world.takeIn(1, () => world.fintoc('POST', `/onboardings/${onboardingId}/approve`));
    await sync();
    await retryOpening(system('setup'), { walletId, asset: 'MXN' });
    await advanceOpenings();
    company.purses.unshift(...(await pursesOf(dice, [walletId])));
  }
}

function dataOf(dice: Dice): object {
  const [first = 'Ana', last = 'López', mother = ''] = somePayer(dice, 'person').name.split(' ').slice(-3);
  const last_name = `${last} ${mother}`.trim();
  const read = readOnboarding({
    'company_information.incorporation_date': `20${dice.int(10, 24)}-0${dice.int(1, 9)}-12`,
    'company_information.business_activity': dice.pick([
      'Confección de ropa',
      'Comercio al por menor',
      'Transporte',
    ]),
    'company_information.fiscal_address': `Av. Insurgentes Sur ${dice.int(100, 1_900)}, CDMX`,
    'company_information.same_address': 'on',
    'company_information.settlement_account': '032180000118359719',
    'company_information.phone': '+52 55 1234 5678',
    'legal_representatives.0.first_name': first,
    'legal_representatives.0.last_name': last_name,
    'legal_representatives.0.email': 'representante@correo.example',
    'legal_representatives.0.nationality': 'mx',
    'legal_representatives.0.identification_number': 'LOHA900101MDFPRN01',
    'legal_representatives.0.position': 'Administración única',
    'transactional_profile.resource_origins.investments': 'on',
    'transactional_profile.monthly_amount_range': '1_500000',
    'transactional_profile.monthly_operations_range': '1_15000',
    'shareholders.0.type': 'natural_person',
    'shareholders.0.name': first,
    'shareholders.0.last_name': last_name,
    'shareholders.0.nationality': 'mx',
    'shareholders.0.percentage': '100',
  });
  if (!read.ok) throw new Error(`The KYB can't be read: ${JSON.stringify(read.issues)}`);
  return read.data;
}
