import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { publicId, uuidOf } from '~/lib/api/ids';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someWallet } from '~/lib/testing/factories';
import { made, readPdf } from '~/lib/testing/statements';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

let wallet: OpenWallet;
beforeAll(async () => {
  wallet = await someWallet();
  await fundWallet(wallet, 5_000n);
});

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(new Date());
const body = () => ({
  wallet_id: publicId('wallet', wallet.id),
  ...{ from: today, to: today, language: 'en' },
});

it('a statement is asked for, polled until it is ready, and taken: what comes is what was said of it', async () => {
  const { secret } = await someKey(['statements:write', 'statements:read', 'wallets:read']);
  const asked = await ask(secret, 'createStatement', { body: body() });
  expect([asked.status, asked.body.status]).toEqual([201, 'queued']);
  const params = { id: asked.body.id };
  const early = await ask(secret, 'downloadStatement', { params });
  expect([early.status, early.body.code]).toEqual([409, 'conflict']);
  await made({ id: uuidOf('statement', params.id) ?? '' });
  const { body: ready } = await ask(secret, 'getStatement', { params });
  expect(ready).toMatchObject({ status: 'ready', files: 1, files_done: 1, lines: 1 });
  const taken = await ask(secret, 'downloadStatement', { params });
  expect(taken.headers.get('content-type')).toBe('application/pdf');
  expect(taken.headers.get('content-disposition')).toBe(`attachment; filename="${ready.file_name}"`);
  expect(taken.body.length).toBe(ready.size);
  expect(createHash('sha256').update(taken.body).digest('hex')).toBe(ready.sha256);
  expect((await readPdf(taken.body)).text).toContain('Opening balance');
  const { body: listed } = await ask(secret, 'listStatements', { query: { wallet_id: body().wallet_id } });
  expect(listed.data.map(({ id }: { id: string }) => id)).toEqual([params.id]);
});

it('one that shows personal data goes to no key that may not read it', async () => {
  const { secret: whole } = await someKey(['statements:write', 'wallets:read']);
  const { secret: masked } = await someKey(['statements:write', 'statements:read']);
  const asked = await ask(whole, 'createStatement', { body: body() });
  await made({ id: uuidOf('statement', asked.body.id) ?? '' });
  const refused = await ask(masked, 'downloadStatement', { params: { id: asked.body.id } });
  expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  const own = await ask(masked, 'createStatement', { body: { ...body(), format: 'xlsx' } });
  await made({ id: uuidOf('statement', own.body.id) ?? '' });
  expect((await ask(masked, 'downloadStatement', { params: { id: own.body.id } })).status).toBe(200);
});

it('days that are none, and a wallet that isn’t there, are refused by their name', async () => {
  const { secret } = await someKey(['statements:write']);
  const wrong = await ask(secret, 'createStatement', { body: { ...body(), from: '2025-02-30' } });
  expect([wrong.status, wrong.body.pointer]).toEqual([422, '/from']);
  const nobody = await ask(secret, 'createStatement', {
    body: { ...body(), wallet_id: publicId('wallet', '01890a5d-ac96-774b-bcce-b302099a8057') },
  });
  expect([nobody.status, nobody.body.pointer]).toEqual([422, '/wallet_id']);
  const two = await ask(secret, 'createStatement', {
    body: { ...body(), customer_id: publicId('customer', wallet.customerId ?? '') },
  });
  expect([two.status, two.body.pointer]).toEqual([422, '/customer_id']);
});
