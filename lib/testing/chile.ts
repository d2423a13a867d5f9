import { randomUUID } from 'node:crypto';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { createCustomer } from '~/lib/people/customers';
import { drain } from '~/lib/testing/deliveries';
import { proveAll } from '~/lib/testing/journeys';
import type { LocalFintoc } from '~/lib/testing/sandbox';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';

export type ChileanWallet = { id: string; accountId: string; accountNumberId: string };

/** An entity made in Fintoc's Dashboard, its account in Chilean pesos, and a wallet of its own on it, with so much. */
export async function chileanWallet(fintoc: LocalFintoc, amount: number): Promise<ChileanWallet> {
  const { id: entityId } = await fintoc.api('POST', '/v2/entities', {
    ...{ country_code: 'cl', holder_name: 'Completos SpA', holder_id: '76123456-0' },
  });
  await fintoc.control('POST', `/entities/${entityId}/status`, { status: 'operational' });
  await syncFintoc(system('setup'));
  const customer = await createCustomer(system('setup'), {
    ...{ kind: 'business', name: 'Completos SpA', country: 'cl', taxId: '76123456-0' },
    requestId: randomUUID(),
  });
  const { id } = await openWallet(system('setup'), {
    ...{ customerId: customer.id, pattern: 'C', entityId, name: 'Pesos', asset: 'CLP' },
    requestId: randomUUID(),
  });
  await advanceOpenings();
  const { accountId, accountNumberId, openingError } = await getInAsset(db(), id, 'CLP');
  if (!accountId || !accountNumberId) throw new Error(`Not open: ${openingError}`);
  await fintoc.control('POST', '/inbound-transfers', {
    ...{ account_number_id: accountNumberId, amount, settle: true },
  });
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
  return { id, accountId, accountNumberId };
}

let accounts = 1_000;
/** An account of somebody's in Chile, another one each time. */
export function someChileanAccount(number?: string): string {
  accounts += 1;
  return `12345678-5/cl_banco_estado/sight/${number ?? accounts}`;
}
