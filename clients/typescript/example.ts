import { answer, monedero } from './client.ts';

const { MONEDERO_URL: url = 'http://localhost:3000', MONEDERO_KEY: key = '' } = process.env;
const api = monedero({ url, key });

/** Asks again until it is so: an account opens, and money moves, in their own time. */
async function until<Found>(ask: () => Promise<Found>, isSo: (found: Found) => boolean): Promise<Found> {
  for (;;) {
    const found = await ask();
    if (isSo(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const { wallet } = await answer(
  api.POST('/customers', {
    body: {
      kind: 'individual',
      name: 'Ana López',
      tax_id: 'LOHA900101AB1',
      wallet: { asset: 'MXN', pattern: 'A', name: 'Monedero de Ana' },
    },
  }),
);
const path = { id: wallet?.id ?? '' };
const open = await until(
  () => answer(api.GET('/wallets/{id}', { params: { path } })),
  ({ status }) => status === 'open',
);
const number = open.assets[0]?.account_number;
console.log(`${open.name} takes deposits at ${number?.number}`);

await answer(
  api.POST('/test/deposits', {
    body: { account_number_id: number?.id ?? '', asset: 'MXN', amount: '250000' },
  }),
);
await until(
  () => answer(api.GET('/wallets/{id}/balance', { params: { path } })),
  ({ balances: [pesos] }) => pesos?.available === '250000',
);

const asked = await answer(
  api.POST('/withdrawals', {
    params: { header: { 'Idempotency-Key': `order-1001-${path.id}` } },
    body: {
      wallet_id: path.id,
      asset: 'MXN',
      amount: '59013',
      destination: '012180012345678909',
      beneficiary_name: 'Ana López',
    },
  }),
);
const paid = await until(
  () => answer(api.GET('/withdrawals/{id}', { params: { path: { id: asked.id } } })),
  ({ status }) => status === 'succeeded',
);
console.log(`Paid: ${paid.tracking_key}`);
