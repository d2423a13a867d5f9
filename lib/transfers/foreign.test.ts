import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someAccount, someClabe, someWallet } from '~/lib/testing/factories';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const SETTLEMENT = someClabe('012');
let wallet: OpenWallet;

beforeAll(async () => {
  await db().setting.create({ data: { key: 'settlementNumber', value: { MXN: SETTLEMENT } } });
  wallet = await someWallet();
});

afterEach(expectSoundBooks);

const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });
const transferRow = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });

describe('transfers that are not a customer’s', () => {
  it('the daily settlement is swept into its own account, never out of a customer', async () => {
    const before = await balanceOf('house/settlement');
    const customers = await moneyOf(wallet);
    const comment = 'Fintoc daily settlement';
    const { id } = await told({
      direction: 'outbound',
      accountId: wallet.accountId,
      comment,
      amount: 4_000,
      beneficiary: SETTLEMENT,
    });
    expect(await balanceOf('house/settlement')).toBe(before + 4_000n);
    expect(await moneyOf(wallet)).toEqual(customers);
    expect(await transferRow(id)).toMatchObject({ purpose: 'settlement', walletId: null });
  });

  it('is none where Settings name no CLABE for it, also where the payout itself names none', async () => {
    const set = (value: { MXN: string | null }) =>
      db().setting.update({ where: { key: 'settlementNumber' }, data: { value } });
    const before = await balanceOf('house/settlement');
    const { id: accountId } = await someAccount();
    await set({ MXN: null });
    const swept = fintocTransfer({
      ...{ direction: 'outbound', accountId, amount: 4_000 },
      comment: 'Fintoc daily settlement',
    });
    await deliver(fintocEvent({ ...swept, counterparty: null }));
    await drain();
    await set({ MXN: SETTLEMENT });
    expect(await transferRow(swept.id)).toMatchObject({ purpose: 'unexplained', counterpartyNumber: null });
    expect(await balanceOf('house/settlement')).toBe(before);
    expect(await db().proofBreak.findMany({ where: { accountId } })).toMatchObject([
      { kind: 'unexplained_payout', state: 'open' },
    ]);
  });

  it.each([
    ['a payout that nobody here asked for', 4_000],
    ['the centavo of an account verification', 1],
  ])('%s is nobody’s expense, and pauses its account until it is explained', async (_what, amount) => {
    const before = [await balanceOf('house/operating'), await balanceOf('suspense/unexplained_payouts')];
    const account = await someAccount();
    const { id } = await told({ direction: 'outbound', accountId: account.id, amount });
    expect([await balanceOf('house/operating'), await balanceOf('suspense/unexplained_payouts')]).toEqual([
      before[0],
      (before[1] ?? 0n) + BigInt(amount),
    ]);
    expect(await balanceOf(`fintoc/${account.id}/cash`)).toBe(BigInt(-amount));
    expect(await transferRow(id)).toMatchObject({ purpose: 'unexplained', walletId: null });
    expect(await db().proofBreak.findMany({ where: { accountId: account.id } })).toMatchObject([
      {
        kind: 'unexplained_payout',
        state: 'open',
        transferId: id,
        difference: BigInt(-amount),
        cure: 'explain',
      },
    ]);
  });

  it('what arrives at the root account’s own CLABE is the platform’s', async () => {
    const root = await someAccount({ isRoot: true });
    await db().walletAsset.updateMany({
      where: { wallet: { houseRole: 'operating' }, asset: 'MXN' },
      data: { rail: 'fintoc', accountId: root.id, accountNumberId: root.rootNumberId, pattern: 'A' },
    });
    const before = await balanceOf('house/operating');
    await told({ accountId: root.id, numberId: root.rootNumberId, number: root.rootNumber });
    expect(await balanceOf('house/operating')).toBe(before + 10_000n);
  });
});

describe('what the books do not take', () => {
  it.each([
    ['a transfer of the other mode', { mode: 'live' }, {}, /live mode/],
    [
      'a payment in part',
      { direction: 'outbound' },
      { type: 'transfer.outbound.partially_succeeded' },
      /in part/,
    ],
  ] as const)(
    '%s goes to the dead letters at once, and moves nothing',
    async (_what, facts, event, reason) => {
      const before = await db().ledgerTransaction.count();
      const letter = (await told({ accountId: wallet.accountId, numberId: wallet.numberId, ...facts }, event))
        .event;
      expect(letter).toMatchObject({ state: 'dead', attempts: 1 });
      expect(letter.lastError).toMatch(reason);
      expect(await db().ledgerTransaction.count()).toBe(before);
    },
  );

  it('another amount under an id that stands is refused', async () => {
    const { id } = await told({ ...at(wallet), amount: 500 });
    const before = await moneyOf(wallet);
    const { event } = await told({ ...at(wallet), id, amount: 50_000, status: 'returned' });
    expect(event).toMatchObject({ state: 'dead' });
    expect(await moneyOf(wallet)).toEqual(before);
  });

  it('a contradiction of how a transfer ended is refused', async () => {
    const { id } = await told({ ...at(wallet), status: 'rejected' });
    const { event } = await told({ ...at(wallet), id, status: 'succeeded' });
    expect(event).toMatchObject({ state: 'dead' });
    expect(event.lastError).toContain('rejected');
  });

  it('an event of another kind is kept as unhandled', async () => {
    const sent = {
      ...fintocEvent({ id: 'pi_1', object: 'payment_intent' } as object, {
        type: 'payment_intent.succeeded',
      }),
    };
    await deliver(sent);
    await drain();
    expect(await db().inboxEvent.findUnique({ where: { id: sent.id } })).toMatchObject({
      state: 'unhandled',
    });
  });

  it('the old spelling of a type means the same', async () => {
    const { id, data } = await told(at(await someWallet()), { type: 'inbound.transfer.succeeded' });
    expect(await transferRow(id)).toMatchObject({ state: 'succeeded' });
    await told({ ...data, ...at(wallet), id, status: 'returned' }, { type: 'inbound.transfer.returned' });
    expect(await transferRow(id)).toMatchObject({ state: 'returned' });
  });
});
