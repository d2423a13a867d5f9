import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { atOneMoment, db, transaction } from '~/lib/db';
import { liveToken } from '~/lib/live';
import { lockRow } from '~/lib/lock';
import { listCustomers } from '~/lib/people/customers';
import { addNote } from '~/lib/people/notes';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import type { CustomRole } from '~/lib/roles';
import { inScope } from '~/lib/scope';
import { askStatement } from '~/lib/statements/ask';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator, someScope } from '~/lib/testing/factories';
import type { Planted } from '~/lib/testing/planted';
import { plantApart, type Scoped, scopedTo } from '~/lib/testing/scoped';
import { fileOf, made } from '~/lib/testing/statements';
import { listWallets } from '~/lib/wallets/wallets';

withTestDatabase();

let one: Planted;
let two: Planted;
let ofOne: Scoped;
let ofTwo: Scoped;

beforeAll(async () => {
  [one, two] = [await plantApart(), await plantApart()];
  [ofOne, ofTwo] = [await scopedTo(one), await scopedTo(two)];
});

describe('a scope', () => {
  it('is of who asks alone, however many ask at once, in transactions and moments too', async () => {
    const everybody = await someOperator('auditor');
    const seen = async (who: OperatorActor) => {
      const ways = [
        () => listWallets(who, { kind: ['customer'] }).then(({ items }) => items),
        () => db().$queryRaw<{ id: string }[]>`SELECT id::text AS id FROM wallets WHERE kind = 'customer'`,
        () => transaction((tx) => tx.wallet.findMany({ where: { kind: 'customer' } })),
        () => transaction(() => db().wallet.findMany({ where: { kind: 'customer' } })),
        () => atOneMoment(() => db().wallet.findMany({ where: { kind: 'customer' } })),
      ];
      const found: string[][] = [];
      for (const way of ways) found.push((await way()).map(({ id }) => id).sort());
      return found;
    };
    const both = [one.wallet.id, two.wallet.id].sort();
    const turns = Array.from({ length: 4 }, () => [
      inScope(ofOne.role, () => seen(ofOne)).then((found) => [found, [one.wallet.id]] as const),
      inScope(ofTwo.role, () => seen(ofTwo)).then((found) => [found, [two.wallet.id]] as const),
      seen(everybody).then((found) => [found, both] as const),
      transaction(() => inScope(ofOne.role, () => seen(ofOne))).then(
        (found) => [found, [one.wallet.id]] as const,
      ),
    ]).flat();
    for (const [found, expected] of await Promise.all(turns))
      for (const each of found) expect(each.filter((id) => both.includes(id))).toEqual(expected);
  });

  it('counts from the next request when the role changes, and an address of another’s token tells nothing', async () => {
    const somebody = await scopedTo(one);
    const names = (role: CustomRole) =>
      inScope(role, async () => (await listCustomers({ ...somebody, role }, {})).items.map(({ id }) => id));
    expect(await names(somebody.role)).toEqual([one.customer.id]);
    const token = () => inScope(somebody.role, () => liveToken(`withdrawal:${two.withdrawal.id}`));
    expect((await token())?.replaceAll('/', '')).toBe('');
    const { portfolioIds } = await someScope([two.wallet.id]);
    await db().customRole.update({
      where: { id: somebody.role.id },
      data: { portfolioIds: [...portfolioIds] },
    });
    const kept = await db().operator.findUniqueOrThrow({ where: { id: somebody.id }, include: WITH_ROLE });
    expect(await names(roleOf(kept) as CustomRole)).toEqual([two.customer.id]);
    expect((await token())?.replaceAll('/', '')).not.toBe('');
  });

  it('can’t be forgotten: what is asked in their name outside of it is refused as a defect', async () => {
    await expect(
      addNote(ofOne, { subjectType: 'wallet', subjectId: one.wallet.id, body: 'x' }),
    ).rejects.toThrow('outside of it');
    await expect(listWallets(ofOne, {})).rejects.toThrow('outside of it');
    await expect(inScope(ofTwo.role, () => listCustomers(ofOne, {}))).rejects.toThrow('outside of it');
  });

  it('locks no row of another’s, and writes none into their portfolios', async () => {
    const blocked = await inScope(ofOne.role, () =>
      transaction(async (tx) => {
        await lockRow(tx, 'wallets', two.wallet.id);
        return tx.wallet.updateMany({ where: { id: two.wallet.id }, data: { name: 'Tomado' } });
      }),
    );
    expect(blocked.count).toBe(0);
    const { portfolioId } = await db().wallet.findUniqueOrThrow({ where: { id: two.wallet.id } });
    await expect(
      inScope(ofOne.role, () => db().wallet.update({ where: { id: one.wallet.id }, data: { portfolioId } })),
    ).rejects.toEqual(expect.objectContaining({ code: 'beyond_scope' }));
  });

  it('holds for what a worker makes of it: a statement of theirs has nothing else, and of a customer as a whole there is none', async () => {
    const days = { from: '2026-10-01', to: '2026-10-31', timeZone: 'America/Mexico_City' };
    const ask = (scope: 'wallet' | 'customer' | 'portfolio' | 'all', scopeId?: string) =>
      inScope(ofOne.role, () =>
        askStatement(ofOne, { ...days, scope, scopeId, format: 'xlsx', locale: 'es-MX' }),
      );
    const own = await made(await ask('wallet', one.wallet.id));
    expect(own).toMatchObject({ state: 'ready', isWhole: true });
    const { bytes } = await inScope(ofOne.role, () => fileOf(ofOne, own));
    expect(bytes.length).toBeGreaterThan(0);
    await expect(inScope(ofTwo.role, () => fileOf(ofTwo, own))).rejects.toMatchObject({ code: 'not_found' });
    for (const [scope, id] of [
      ['customer', one.customer.id],
      ['all', undefined],
    ] as const)
      await expect(ask(scope, id)).rejects.toMatchObject({ code: 'beyond_scope' });
    await expect(ask('wallet', two.wallet.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
