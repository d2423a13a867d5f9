import fs from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someOperator } from '~/lib/testing/factories';
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

describe('what stood stored before', () => {
  /** The migration's own words on it, run once more over rows as they were let in then. */
  const words = fs.readFileSync('prisma/migrations/0021_one_form/migration.sql', 'utf8');
  const again = words.slice(
    words.indexOf('CREATE FUNCTION pg_temp.line'),
    words.indexOf('CREATE TRIGGER withdrawals_asked'),
  );

  it('is brought into the one form, unless a request with it is under way', async () => {
    const { id } = await someCustomer();
    const kept = await someCustomer();
    const asked = await withdraw(operator, wallet, { beneficiaryTaxId: 'GODE561231GR8' });
    const underWay = await withdraw(operator, wallet, { beneficiaryTaxId: 'GODE561231GR8' });
    const typed = 'gode\u2013561231 gr8';
    await tamper('UPDATE customers SET name = $2, tax_id = $3 WHERE id = $1', [
      id,
      '\u202eAna\u200b  Nun\u0303ez ',
      '012.345.678-5',
    ]);
    await tamper("UPDATE customers SET name = $2, tax_id = 'ND' WHERE id = $1", [kept.id, '\u200b']);
    await tamper('UPDATE withdrawals SET beneficiary_tax_id = $1 WHERE id = ANY ($2)', [
      typed,
      [asked.id, underWay.id],
    ]);
    await tamper("UPDATE withdrawals SET submitted_at = now(), status = 'submitting' WHERE id = $1", [
      underWay.id,
    ]);
    await tamper(again);
    await tamper("UPDATE withdrawals SET submitted_at = NULL, status = 'queued' WHERE id = $1", [
      underWay.id,
    ]);
    const customer = (customerId: string) => db().customer.findUniqueOrThrow({ where: { id: customerId } });
    expect(await customer(id)).toMatchObject({ name: 'Ana Nuñez', taxId: '12345678-5' });
    // What is left of it would be nothing: a person has to give it a name.
    expect(await customer(kept.id)).toMatchObject({ name: '\u200b', taxId: 'ND' });
    expect(await withdrawalRow(asked.id)).toMatchObject({ beneficiaryTaxId: 'GODE561231GR8' });
    expect(await withdrawalRow(underWay.id)).toMatchObject({ beneficiaryTaxId: typed });
    await settleAll(fintoc);
  });
});
