import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { movementFacts } from '~/lib/proof/movement-facts';
import { splice } from '~/lib/proof/splice';
import type { RailMovement } from '~/lib/rails/rail-says';
import { withTestDatabase } from '~/lib/testing/database';
import { someAccount } from '~/lib/testing/factories';

withTestDatabase();

let serial = 0;

/** An account whose movements a, b, c, … we hold, each of one centavo, with balances that follow. */
async function holding(names: string) {
  serial += 1;
  const { id: accountId } = await someAccount();
  // In capitals it is the same movement, of two centavos.
  const movement = (name: string, nth: number): RailMovement => ({
    ...{ id: `mov_${serial}_${name.toLowerCase()}`, direction: 'inbound', balance: BigInt(nth + 1) },
    amount: name === name.toLowerCase() ? 1n : 2n,
    ...{ asset: 'MXN', kind: 'transfer', resourceId: null, pairId: null, at: new Date(), raw: {} },
  });
  await db().proofState.create({ data: { accountId, reachedStart: true } });
  await db().proofMovement.createMany({
    data: [...names].map((name, nth) => movementFacts(accountId, movement(name, nth), BigInt(nth + 1))),
  });
  const rows = () => db().proofMovement.findMany({ where: { accountId }, orderBy: { position: 'asc' } });
  return {
    /** Puts Fintoc's order, from its nth balance on, in the place of these of ours. */
    async put(wanted: string, { from, to }: { from: number; to: number }) {
      const theirs = [...wanted].map((name, nth) => movement(name, from + nth));
      await splice(accountId, (await rows()).slice(from, to), theirs);
    },
    async held() {
      const all = await rows();
      expect(all.map(({ position }) => position)).toEqual(all.map((_row, nth) => BigInt(nth + 1)));
      const nameOf = (id: string, amount: bigint) =>
        amount === 1n ? id.slice(-1) : id.slice(-1).toUpperCase();
      return all.map(({ id, amount }) => nameOf(id, amount)).join('');
    },
    retracted: async () =>
      (await db().retractedMovement.findMany({ where: { accountId } }))
        .map(({ id }) => id.slice(-1))
        .join(''),
  };
}

describe('Fintoc’s order in the place of ours', () => {
  it.each([
    ['nothing differs', 'abcdefgh', { from: 2, to: 5 }, 'cde', 'abcdefgh'],
    ['one is new', 'abcdefgh', { from: 2, to: 5 }, 'cxde', 'abcxdefgh'],
    ['one is gone', 'abcdefgh', { from: 2, to: 5 }, 'ce', 'abcefgh'],
    ['one is another', 'abcdefgh', { from: 2, to: 5 }, 'cxe', 'abcxefgh'],
    ['two are the other way round', 'abcdefgh', { from: 2, to: 5 }, 'ced', 'abcedfgh'],
    ['one came here from behind', 'abcdefgh', { from: 2, to: 5 }, 'cgde', 'abcgdefh'],
    ['one came here from before', 'abcdefgh', { from: 2, to: 5 }, 'cdbe', 'acdbefgh'],
    ['all at the end are gone', 'abcdefgh', { from: 5, to: 8 }, '', 'abcde'],
    ['the end goes on', 'abcdefgh', { from: 5, to: 8 }, 'fghxy', 'abcdefghxy'],
    ['the beginning is another', 'abcdefgh', { from: 0, to: 2 }, 'xab', 'xabcdefgh'],
  ])('%s', async (_what, ours, place, wanted, then) => {
    const account = await holding(ours);
    await account.put(wanted, place);
    expect(await account.held()).toBe(then);
  });

  it.each([
    ['from behind', 'cGde', 'abcGdefh', 'g'],
    ['from before', 'cdBe', 'acdBefgh', 'b'],
    ['beside one that is new', 'cHxe', 'abcHxefg', 'dh'],
  ])(
    'what came here %s with another amount is another: the old one is retracted',
    async (_where, wanted, then, gone) => {
      const account = await holding('abcdefgh');
      await account.put(wanted, { from: 2, to: 5 });
      expect(await account.held()).toBe(then);
      expect([...(await account.retracted())].sort().join('')).toBe(gone);
    },
  );
});
