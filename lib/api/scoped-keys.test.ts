import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { authorize, type KeyActor } from '~/lib/actor';
import { publicId, publicNumber } from '~/lib/api/ids';
import { listKeys, makeKey, revokeKey } from '~/lib/api/keys';
import { OPERATIONS } from '~/lib/api/operations';
import { fitsKeyScope, permissionsOf, SCOPE_NAMES } from '~/lib/api/scopes';
import { NEWEST } from '~/lib/api/versions';
import { db } from '~/lib/db';
import { CATALOGUE, type EventType } from '~/lib/outbox/catalogue';
import { inScopeOf } from '~/lib/scope';
import { ask, someKey, type TestKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import type { Planted } from '~/lib/testing/planted';
import { plantApart } from '~/lib/testing/scoped';
import { made } from '~/lib/testing/statements';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

const FITTING = SCOPE_NAMES.filter(fitsKeyScope);

/** Two of everything, each in a portfolio of its own, and a key for what is of the first. */
let one: Planted;
let two: Planted;
let key: TestKey;
let portfolioIds: string[];
let ofOne: Record<string, string>;
let ofTwo: Record<string, string>;

beforeAll(async () => {
  [one, two] = [await plantApart(), await plantApart()];
  [ofOne, ofTwo] = [await thingsOf(one), await thingsOf(two)];
  portfolioIds = [(await portfolioOf(one)) ?? ''];
  key = await someKey(FITTING, { portfolioIds });
});

const portfolioOf = async ({ wallet }: Planted) =>
  (await db().wallet.findUniqueOrThrow({ where: { id: wallet.id } })).portfolioId;

/** What stands at an address with an id, by its first part. */
async function thingsOf(planted: Planted): Promise<Record<string, string>> {
  const { wallet, customer, withdrawal, transfer } = planted;
  const of = { where: { walletId: wallet.id } };
  const events = await db().outboxEvent.findMany({
    where: { subjectKind: 'customer', subjectId: customer.id },
  });
  const event = events.find(({ type }) => CATALOGUE[type as EventType].told);
  const adjustment = await db().adjustment.findFirstOrThrow({ where: { fromWalletId: wallet.id } });
  return {
    customers: publicId('customer', customer.id),
    portfolios: publicId('portfolio', (await portfolioOf(planted)) ?? ''),
    wallets: publicId('wallet', wallet.id),
    'account-numbers': wallet.numberId,
    withdrawals: publicId('withdrawal', withdrawal.id),
    deposits: transfer.id,
    'balance-adjustments': publicId('adjustment', adjustment.id),
    holds: publicId('hold', (await db().hold.findFirstOrThrow(of)).id),
    events: publicNumber('event', event?.id ?? 0n),
  };
}

const READS = OPERATIONS.filter(
  ({ method, scope }) => method === 'GET' && (scope === null || fitsKeyScope(scope)),
);
const nounOf = (path: string) => path.split('/')[1] ?? '';

describe('a key of some portfolios alone', () => {
  it('is answered what is of them, and that there is nothing where it is another’s', async () => {
    const [seen, hidden] = [new Set<string>(), new Set<string>()];
    for (const { id, path } of READS) {
      if (!path.includes('{id}')) continue;
      const [own, others] = [ofOne[nounOf(path)], ofTwo[nounOf(path)]];
      if (own === undefined || others === undefined) continue;
      expect((await ask(key.secret, id, { params: { id: own } })).status, id).toBe(200);
      const { status, body } = await ask(key.secret, id, { params: { id: others } });
      expect([id, status, body.code]).toEqual([id, 404, 'not_found']);
      seen.add(nounOf(path));
      hidden.add(id);
    }
    expect([...seen].sort()).toEqual(Object.keys(ofOne).sort());
    expect(hidden.size).toBeGreaterThan(9);
  });

  it('finds in no list anything of another’s, and its own in those that have it', async () => {
    const marks = [...Object.values(ofTwo), ...two.customer.secrets.all, ...two.transfer.secrets.all];
    const found: string[] = [];
    for (const { id, path } of READS) {
      if (path.includes('{id}')) continue;
      const query = { ...(id === 'listPortfolios' && { customer_id: ofOne.customers ?? '' }) };
      const { status, body } = await ask(key.secret, id, { query });
      expect([id, status]).toEqual([id, 200]);
      const text = JSON.stringify(body);
      expect(
        marks.filter((mark) => text.includes(mark)),
        id,
      ).toEqual([]);
      if (Object.values(ofOne).some((own) => text.includes(own))) found.push(id);
    }
    const LISTS = 'listCustomers listWallets listWithdrawals listDeposits listAccountNumbers listApprovals';
    expect(found).toEqual(expect.arrayContaining(LISTS.split(' ')));
    // Events are read as far as no older transaction of anybody's is under way.
    let [events, cursor] = ['', ''];
    const read = async () => {
      const { body } = await ask(key.secret, 'listEvents', { query: { ...(cursor && { cursor }) } });
      cursor = body.next_cursor;
      events += JSON.stringify(body.data);
      return events.includes(ofOne.customers ?? '');
    };
    await expect.poll(read, { timeout: 30_000 }).toBe(true);
    expect(marks.filter((mark) => events.includes(mark))).toEqual([]);
  });

  it('does nothing but read and take statements, of its own alone, which a worker makes within its scope', async () => {
    for (const { id } of OPERATIONS.filter((each) => each.method !== 'GET')) {
      if (id === 'createStatement') continue;
      const { status, body } = await ask(key.secret, id, { params: { id: ofOne.wallets ?? '' } });
      expect([id, status, body.code]).toEqual([id, 403, 'scope_missing']);
    }
    const days = { from: '2026-10-01', to: '2026-10-31', format: 'xlsx' };
    const statement = (facts: object) => ask(key.secret, 'createStatement', { body: { ...days, ...facts } });
    const { status, body } = await statement({ wallet_id: ofOne.wallets });
    expect(status).toBe(201);
    const row = await db().statement.findFirstOrThrow({ where: { askedById: key.id } });
    expect(publicId('statement', row.id)).toBe(body.id);
    expect(await made(row)).toMatchObject({ state: 'ready' });
    expect((await ask(key.secret, 'downloadStatement', { params: { id: body.id } })).status).toBe(200);
    expect((await statement({ wallet_id: ofTwo.wallets })).status).toBe(422);
    expect((await statement({ customer_id: ofOne.customers })).body.code).toBe('beyond_scope');
  });

  it('can’t be forgotten: what is asked in its name outside of its scope is refused as a defect', async () => {
    const actor: KeyActor = {
      ...{ kind: 'key', id: key.id, name: 'Backend', limits: {}, portfolioIds },
      scopes: permissionsOf(FITTING),
    };
    expect(() => authorize(actor, 'people:read')).toThrow('outside of it');
    await inScopeOf(actor, async () => authorize(actor, 'people:read'));
  });

  it('sees nothing once it is revoked, also where it was asked before', async () => {
    const other = await someKey(['wallets:read'], { portfolioIds });
    const actor = { kind: 'key', id: other.id, portfolioIds };
    const count = () => inScopeOf(actor, () => db().wallet.count());
    expect(await count()).toBe(1);
    await revokeKey(other.maker, { keyId: other.id, reason: 'Filtrada' });
    expect(await count()).toBe(0);
  });
});

describe('a scope of a key', () => {
  it('goes with what reads alone, said by PostgreSQL too, and with portfolios that there are', async () => {
    const admin = await someOperator('admin');
    const make = (scopes: (typeof SCOPE_NAMES)[number][], ids = portfolioIds) =>
      makeKey(admin, { name: 'Backend', scopes, portfolioIds: ids });
    for (const scope of SCOPE_NAMES) {
      const row = {
        ...{ name: 'Backend', mode: 'test', scopes: [scope], addresses: [], version: NEWEST },
        ...{ madeById: admin.id, portfolioIds },
      };
      const kept = db().apiKey.create({ data: row });
      if (fitsKeyScope(scope)) await expect(kept).resolves.toMatchObject({ portfolioIds });
      else {
        await expect(make([scope]), scope).rejects.toMatchObject({
          fields: { portfolioIds: 'key_of_the_house' },
        });
        await expect(kept, scope).rejects.toMatchObject({ code: 'P2039' });
      }
    }
    await expect(make(['wallets:read'], [randomUUID()])).rejects.toMatchObject({
      fields: { portfolioIds: 'unknown_portfolio' },
    });
  });

  it('stands in the list and the audit log, and stays as it was made', async () => {
    const admin = await someOperator('admin');
    const { id } = await makeKey(admin, { name: 'Backend', scopes: ['wallets:read'], portfolioIds });
    expect((await listKeys(admin)).find((each) => each.id === id)).toMatchObject({ portfolioIds });
    const made = await db().auditEntry.findFirstOrThrow({
      where: { action: 'api_key.made', subjectId: id },
    });
    expect(made.after).toMatchObject({ portfolioIds });
    const widened = db().apiKey.update({ where: { id }, data: { portfolioIds: [] } });
    await expect(widened).rejects.toThrow();
  });
});
