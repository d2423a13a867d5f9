import { expect, it } from 'vitest';
import { confirmBatch, uploadBatch } from '~/lib/batches/batches';
import { listBatchRows } from '~/lib/batches/read';
import { db } from '~/lib/db';
import { csvFile, workOffBatches } from '~/lib/testing/batches';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';

withTestDatabase();

it('a file pays cards and mobile numbers at the bank in its column', async () => {
  const [operator, wallet] = [await someOperator(), await someWallet()];
  await fundWallet(wallet, 100_000n);
  const file = csvFile([
    ['CLABE, tarjeta o celular', 'Banco', 'Monto', 'Beneficiario'],
    ['4152 3133 1234 1238', 'BBVA México', '10', 'Ana'],
    ['55 1234 5678', 'Nu', '20', 'Eva'],
    ['55 1234 5678', '', '30', 'Eva'],
  ]);
  const asked = { file, asset: 'MXN', walletId: wallet.id, requestId: crypto.randomUUID() };
  const { id } = await uploadBatch(operator, asked);
  expect(
    (await listBatchRows(ANYBODY, { batchId: id, view: 'all' })).items.map(({ faults }) => faults[0]),
  ).toEqual([...[undefined, undefined], { field: 'bank', why: 'required' }]);
  await confirmBatch(operator, { batchId: id, paysRepeats: false });
  await workOffBatches();
  expect(
    (await db().withdrawal.findMany({ where: { batchId: id } })).map(({ destination }) => destination).sort(),
  ).toEqual(['40012/4152313312341238', '90638/5512345678']);
});
