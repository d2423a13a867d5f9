import { beforeAll, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { listMovements } from '~/lib/movements/movements';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { listWithdrawals } from '~/lib/withdrawals/read';

withTestDatabase();

describe('payouts to what is no CLABE', () => {
  /** The beneficiary, where they are paid, and by what else than a bank of `banks` they are found. */
  const PAID = [
    {
      name: 'Tarjeta Habiente',
      kind: 'card',
      to: '40012/4152313312341238',
      banks: ['BBVA'],
      number: '4152 3133 1234 1238',
      code: '012',
    },
    {
      name: 'Celular Nueve',
      kind: 'phone',
      to: '40137/5512345678',
      banks: ['Coppel', 'bancoppel'],
      number: '55 1234 5678',
      code: '137',
    },
    {
      name: 'Cuenta Chilena',
      kind: 'tef',
      to: '11222333-9/cl_banco_estado/sight/00012345670',
      banks: ['banco estado', 'BancoEstado'],
      number: '00012345670',
      code: 'cl_banco_estado',
    },
  ] as const;

  beforeAll(async () => {
    const operator = await someOperator();
    const wallet = await someWallet();
    await fundWallet(wallet, 1_000_000n);
    for (const { name, kind, to } of PAID) {
      const withdrawal = await db().withdrawal.create({
        data: {
          ...{
            walletId: wallet.id,
            accountId: wallet.accountId,
            asset: 'MXN',
            amount: 77_700n,
            feeAmount: 0n,
          },
          ...{ beneficiaryName: name, destinationKind: kind, destination: to, comment: '', referenceId: '1' },
          ...{ status: 'awaiting_approval', firstSeen: true, requestedById: operator.id },
          requestId: crypto.randomUUID(),
        },
      });
      const lines = [
        debit(walletAccount(wallet, 'available'), 77_700n),
        credit(walletAccount(wallet, 'reserved'), 77_700n),
      ];
      await transaction((tx) =>
        postTransaction(tx, {
          ...{ kind: 'withdrawal_hold', effectiveAt: new Date(), lines, withdrawalId: withdrawal.id },
          cause: someCause(`test:paid:${name}`),
        }),
      );
    }
  });

  const withdrawals = async (filter: { text?: string; banks?: string[] }, reader = ANYBODY) =>
    (await listWithdrawals(reader, filter)).items.map((item) => item.beneficiaryName);
  const movements = async (filter: { text?: string; banks?: string[] }, reader = ANYBODY) =>
    (await listMovements(reader, filter)).items.map((item) => item.counterpartyName);

  it.each(PAID)('to a $kind are found and filtered by its bank', async ({ name, banks, code }) => {
    for (const list of [withdrawals, movements]) {
      for (const text of banks) expect(await list({ text }), text).toContain(name);
      expect(await list({ banks: [code] })).toContain(name);
      expect(await list({ banks: ['072'] })).not.toContain(name);
    }
  });

  it.each(PAID)('to a $kind are found by its whole number, by whom it is masked for too', async (paid) => {
    for (const list of [withdrawals, movements])
      for (const reader of [ANYBODY, OUTSIDER])
        expect(new Set(await list({ text: paid.number }, reader))).toEqual(new Set([paid.name]));
  });

  it('to an account in Chile are found by its holder’s RUT in every spelling, and by a beginning by who sees it', async () => {
    for (const text of ['11222333-9', '11.222.333-9', '112223339', '011.222.333\u22129'])
      expect(await withdrawals({ text }, OUTSIDER), text).toEqual(['Cuenta Chilena']);
    expect(await withdrawals({ text: '0001234' })).toEqual(['Cuenta Chilena']);
    expect(await withdrawals({ text: '0001234' }, OUTSIDER)).toEqual([]);
  });
});
