import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 50_000_000);
});

const payoutsOf = async (id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);

describe('a withdrawal goes out', () => {
  it('with name and concept as the bank prints them, and the tax id in its one form', async () => {
    const { id } = await withdraw(operator, wallet, {
      beneficiaryName: 'José Núñez',
      beneficiaryTaxId: 'gode-561231-gr8',
      comment: 'Café & té',
    });
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toMatchObject([
      { comment: 'Cafe te', counterparty: { holder_name: 'Jose Nunez', holder_id: 'GODE561231GR8' } },
    ]);
    expect(await withdrawalRow(id)).toMatchObject({ beneficiaryName: 'José Núñez', comment: 'Café & té' });
  });

  it('as it stood, where it was asked for before that was kept', async () => {
    const { id } = await withdraw(operator, wallet, { beneficiaryName: 'José', comment: 'Café' });
    await tamper('UPDATE withdrawals SET printed_name = NULL, printed_comment = NULL WHERE id = $1', [id]);
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toMatchObject([{ comment: 'Café', counterparty: { holder_name: 'José' } }]);
  });

  it('never with another name, concept or tax id than was asked for', async () => {
    const { id } = await withdraw(operator, wallet, { beneficiaryName: 'José' });
    for (const column of ['printed_name', 'printed_comment', 'beneficiary_name', 'beneficiary_tax_id'])
      await expect(
        db().$executeRawUnsafe(`UPDATE withdrawals SET ${column} = 'Other' WHERE id = '${id}'`),
      ).rejects.toThrow('a withdrawal stays what was asked for');
    await settleAll(fintoc);
  });
});
