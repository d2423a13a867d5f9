import { newWallet } from '~/e2e/given';
import { someClabe } from '~/e2e/steps';
import type { OperatorActor } from '~/lib/actor';
import { uploadBatch } from '~/lib/batches/batches';
import { planSchedule } from '~/lib/schedules/schedules';

const again = () => ({ requestId: crypto.randomUUID() });

/** A file of withdrawals with all that can be wrong with a line, and a withdrawal of every month. */
export async function planned(actor: OperatorActor) {
  const { id: walletId } = await newWallet(actor, 'A', 900_00n);
  const clabe = someClabe();
  const lines = [
    'CLABE,Monto,Beneficiario',
    `${clabe},120.00,Berta Ruiz`,
    `${clabe},120.00,Berta Ruiz`,
    '012969100000000111,1.234,Luis Mal',
  ];
  const { id } = await uploadBatch(actor, {
    file: { name: 'nomina.csv', bytes: new TextEncoder().encode(lines.join('\n')) },
    ...{ asset: 'MXN', walletId, ...again() },
  });
  await planSchedule(actor, {
    ...{ walletId, asset: 'MXN', amount: 15_00n, destination: clabe, beneficiaryName: 'Berta Ruiz' },
    ...{ every: 'month', startsOn: '2099-01-31', ...again() },
  });
  return [
    { path: `/withdrawals/batches/${id}`, dialogs: [{ 'es-MX': 'Cancelar lote', en: 'Cancel batch' }] },
    { path: `/withdrawals/batches/${id}?view=all` },
  ];
}
