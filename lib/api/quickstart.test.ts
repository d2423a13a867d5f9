import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { OPERATIONS } from '~/lib/api/operations';
import { type Answer, ask, someKey, type TestKey } from '~/lib/testing/api';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { proveAll, settleAll } from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { advanceOpenings } from '~/lib/wallets/provisioning';

withTestDatabase();
const fintoc = withLocalFintoc();

let key: TestKey;

beforeAll(async () => {
  key = await someKey();
});

/** The requests of README's section on the API, in their order: to the API (`ask`) and to the local Fintoc (`curl`). */
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const script = /^## The API$[\s\S]*?^```sh$([\s\S]*?)^```$/m.exec(readme)?.[1] ?? '';
const requests = [
  ...script.matchAll(/^(?:ask "\$API(\S+)"|curl -s localhost:3010\/_control(\S+))([\s\S]*?)#/gm),
].map(([, api, control, rest = '']) => ({ api, control, body: / -d '([\s\S]*)'\s*$/.exec(rest)?.[1] }));

const known: Record<string, string> = {};
const filled = (text: string) =>
  text.replace(/'?\$(WALLET|NUMBER|WITHDRAWAL)\b'?/g, (_all, name: string) => known[name] ?? '');

async function askApi(path: string, body: string | undefined): Promise<Answer & { id: string }> {
  const method = body === undefined ? 'GET' : 'POST';
  for (const { id, path: template, ...operation } of OPERATIONS) {
    const found = new RegExp(`^${template.replace('{id}', '([^/]+)')}$`).exec(path);
    if (found && operation.method === method)
      return { id, ...(await ask(key.secret, id, { params: found[1] ? { id: found[1] } : {}, body })) };
  }
  throw new Error(`No operation serves ${method} ${path}.`);
}

it('what README says leads from nothing to a paid withdrawal', async () => {
  expect(requests.map(({ api, control }) => api ?? control)).toHaveLength(8);
  const answers: Record<string, Answer['body']> = {};
  for (const { api, control, body } of requests) {
    const content = body === undefined ? undefined : filled(body);
    if (control !== undefined) await fintoc.control('POST', control, JSON.parse(content ?? ''));
    else {
      const { id, status, body: said } = await askApi(filled(api ?? ''), content);
      expect([id, status]).toEqual([id, content === undefined ? 200 : 201]);
      answers[id] = said;
      if (id === 'createCustomer') known.WALLET = said.wallet.id;
      if (id === 'getWallet') known.NUMBER = said.assets[0].account_number.id;
      if (id === 'createWithdrawal') known.WITHDRAWAL = said.id;
    }
    await workersTurn();
  }
  expect(answers.getWallet).toMatchObject({ status: 'open', assets: [{ asset: 'MXN', pattern: 'A' }] });
  expect(answers.getWalletBalance.balances).toEqual([
    { asset: 'MXN', available: '250000', pending: '0', reserved: '0' },
  ]);
  expect(answers.createWithdrawal.status).toBe('queued');
  expect(answers.getWithdrawal).toMatchObject({ status: 'succeeded', tracking_key: expect.any(String) });
  expect(answers.listWalletTransactions.data.map(({ amount }: { amount: string }) => amount)).toEqual([
    '-59013',
    '250000',
  ]);
  const all = await allTold();
  // Before that the house's own wallets were opened.
  const told = all.slice(all.indexOf('customer.created'));
  const path = [
    'customer.created',
    'wallet.requested',
    'wallet.opened',
    'deposit.credited',
    'withdrawal.requested',
  ];
  expect(told.filter((type) => path.includes(type))).toEqual(path);
  expect(told).toContain('withdrawal.succeeded');
  await expectSoundBooks();
});

/** What others still write may come before what is there: whoever reads asks again, from where they were. */
async function allTold(): Promise<string[]> {
  const told: string[] = [];
  let query: Record<string, string> = {};
  await eventually(async () => {
    const { body } = await ask(key.secret, 'listEvents', { query });
    told.push(...body.data.map(({ type }: { type: string }) => type));
    query = { cursor: body.next_cursor };
    return told.includes('withdrawal.succeeded');
  });
  return told;
}

/** What workers beside the API do meanwhile. */
async function workersTurn(): Promise<void> {
  await advanceOpenings();
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
  await settleAll(fintoc);
}
