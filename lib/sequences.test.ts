import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  fundHouse,
  fundWallet,
  type OpenWallet,
  someOperator,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { expectSoundUsage } from '~/lib/testing/usage';
import { DAILY, endAll, play, type Step, VERBS, type World } from '~/lib/testing/verbs';
import { enableAsset } from '~/lib/wallets/opening';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const DAY_LIMIT = 40_000n;

let operator: OperatorActor;
let approver: OperatorActor;
let termsId: string;

beforeAll(async () => {
  [operator, approver] = [await someOperator('admin'), await someOperator('approver')];
  ({ id: termsId } = await someTerms({ withdrawalDayAmount: DAY_LIMIT, adjustmentsCount: true }));
  await fundHouse(1_000_000n);
});

const steps = fc.array(
  fc.record<Step>({
    verb: fc.constantFrom(...VERBS, ...DAILY, ...DAILY),
    which: fc.constantFrom(0, 1),
    amount: fc.bigInt({ min: 1n, max: 15_000n }),
    nth: fc.nat(30),
  }),
  { minLength: 24, maxLength: 40 },
);

async function newWorld(): Promise<World> {
  const wallets: [OpenWallet, OpenWallet] = [await someWallet({ termsId }), await someWallet({ termsId })];
  for (const wallet of wallets) {
    await fundWallet(wallet, 20_000n);
    await enableAsset(system('setup'), { walletId: wallet.id, asset: 'USD', requestId: randomUUID() });
  }
  return { operator, approver, wallets, deposits: [], batches: [], sent: [] };
}

it('whatever people do in whatever order: the books are sound, limits hold, and every hold ends', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const world = await newWorld();
      for (const step of sequence) await play(world, step);
      await expectSoundBooks();
      await expectSoundUsage();
      const out = {
        walletId: { in: world.wallets.map(({ id }) => id) },
        direction: 'outbound',
        asset: 'MXN',
      } as const;
      for (const { amount } of await db().ledgerUsageDay.findMany({ where: out }))
        expect(amount).toBeLessThanOrEqual(DAY_LIMIT);
      await endAll(world);
      const aside = await db().ledgerAccount.findMany({
        where: {
          ownerId: { in: world.wallets.map(({ id }) => id) },
          bucket: { in: ['reserved', 'pending'] },
        },
      });
      expect(aside.filter(({ balance }) => balance !== 0n)).toEqual([]);
      await expectSoundBooks();
    }),
    { numRuns: 4 },
  );
});
