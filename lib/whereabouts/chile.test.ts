import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { requestPayout } from '~/lib/batches/split';
import { db } from '~/lib/db';
import { dayZone } from '~/lib/rails/registry';
import { type ChileanWallet, chileanWallet, someChileanAccount } from '~/lib/testing/chile';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { arrive } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { whereIs } from '~/lib/whereabouts/find';
import { readReceipts } from '~/lib/whereabouts/receipt';

/** Where a payment in Chilean pesos is, by what somebody says of it: an amount has no centavos there. */

withTestDatabase();
const fintoc = withLocalFintoc();

let reader: OperatorActor;
let wallet: ChileanWallet;
let deposit: { id: string; day: string };

beforeAll(async () => {
  reader = await someOperator('auditor');
  wallet = await chileanWallet(fintoc, 1_000_000);
  await arrive(fintoc, wallet, 15_000);
  const { id, transactedAt } = await db().transfer.findFirstOrThrow({ where: { amount: 15_000n } });
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: dayZone('CLP') }).format(transactedAt);
  deposit = { id, day };
});

async function found(said: string): Promise<unknown[]> {
  const [sought] = readReceipts(said, deposit.day);
  if (!sought) throw new Error(`Nothing was read of ${said}.`);
  const { same } = await whereIs(reader, sought);
  return same.map(({ id, asset, amount }) => ({ id, asset, amount }));
}

it.each(['$15.000', '15,000 pesos', '$15,000'])('a deposit by its amount alone, written %s', async (said) => {
  expect(await found(said)).toEqual([{ id: deposit.id, asset: 'CLP', amount: 15_000n }]);
});

it('a deposit by its amount and day', async () => {
  expect(await found(`Monto: $15.000\nFecha: ${deposit.day}`)).toEqual([
    { id: deposit.id, asset: 'CLP', amount: 15_000n },
  ]);
});

it('a withdrawal by whom it went to and how much', async () => {
  const { id } = await requestPayout(await someOperator(), {
    ...{ walletId: wallet.id, asset: 'CLP', amount: 7_350n, destination: someChileanAccount() },
    ...{ beneficiaryName: 'Camila Rojas', requestId: randomUUID() },
  });
  expect(await found('Beneficiario: Camila Rojas\nMonto: $7.350')).toEqual([
    { id, asset: 'CLP', amount: 7_350n },
  ]);
});

it('and no payment of a hundred times as much', async () => {
  expect(await found('$150.00')).toEqual([]);
});
