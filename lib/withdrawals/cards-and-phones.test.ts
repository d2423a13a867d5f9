import { afterEach, beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  expectCashEqualsFintoc,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { listWithdrawals } from '~/lib/withdrawals/read';

withTestDatabase();
const fintoc = withLocalFintoc();

const CARD = '4152313312341238';
let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 100_000);
});

afterEach(async () => {
  await expectSoundBooks();
  await expectCashEqualsFintoc(fintoc);
});

it.each([
  ['a debit card', '40012', CARD, 'card', 'debit_card', 'BBVA'],
  ['a mobile number', '90638', '5512345678', 'phone', 'phone_number', 'Nu'],
] as const)(
  '%s is paid at its bank, and is the payment that was asked for',
  async (_what, key, number, kind, type, bank) => {
    const before = (await moneyOf(wallet)).available;
    const { id } = await withdraw(operator, wallet, { destination: `${key}/${number}`, amount: 7_000n });
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({
      ...{
        status: 'succeeded',
        destinationKind: kind,
        destination: `${key}/${number}`,
        beneficiaryBank: bank,
      },
    });
    const [sent] = (await fintoc.payouts()).slice(-1);
    expect(sent.counterparty).toMatchObject({
      ...{ account_number: number, account_type: type, institution: { id: key } },
    });
    expect(await db().unexplainedPayout.count()).toBe(0);
    expect((await moneyOf(wallet)).available).toBe(before - 7_000n);
    // Found by its digits alone, as people read them from a card.
    const { items } = await listWithdrawals(ANYBODY, { text: number });
    expect(items.map((found) => found.id)).toEqual([id]);
  },
);

it('without its bank, or with a digit that doesn’t fit, it is refused, and so by PostgreSQL', async () => {
  const refused = (destination: string) =>
    withdraw(operator, wallet, { destination }).then(
      () => null,
      ({ fields }) => fields,
    );
  expect(await refused(CARD)).toEqual({ destination: 'destination_bank' });
  expect(await refused(`40012/${CARD.slice(0, -1)}7`)).toEqual({ destination: 'card_check_digit' });
  const { id } = await withdraw(operator, wallet, { amount: 100n });
  await expect(
    tamper(`UPDATE withdrawals SET destination_kind = 'card', destination = '${CARD}' WHERE id = '${id}'`),
  ).rejects.toThrow('withdrawals_destination_check');
});

it('blocked at one bank, the same phone at another is another beneficiary', async () => {
  const approver = await someOperator('approver');
  await blockBeneficiary(approver, { number: '90638/5587654321', reason: 'Reportado por fraude' });
  await expect(withdraw(operator, wallet, { destination: '90638/5587654321' })).rejects.toMatchObject({
    code: 'beneficiary_blocked',
  });
  await expect(withdraw(operator, wallet, { destination: '40012/5587654321' })).resolves.toMatchObject({
    beneficiaryBank: 'BBVA',
    firstSeen: true,
  });
});
