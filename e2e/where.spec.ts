import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, newWallet, SOON } from '~/e2e/given';
import { ANYBODY } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';

test('support pastes a receipt, reads where the money is, copies the reply and opens a case', async ({
  pageAs,
}) => {
  const operator = await pageAs('operator');
  const wallet = await newWallet(await actorOf(operator), 'A', 1_234_56n);
  const [deposit] = (await listTransfers(ANYBODY, { text: wallet.name })).items;
  const key = deposit?.trackingKey ?? '';

  const support = await pageAs('support');
  await support.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await support.goto('/');
  await support.getByRole('main').getByRole('link', { name: '¿Dónde está mi dinero?' }).click();
  await support.getByLabel('Comprobante o datos del pago').fill(`Transferencia exitosa
Monto
$1,234.56
Clave de rastreo
${key}
Concepto
Regalo secreto`);
  await support.getByRole('button', { name: 'Buscar', exact: true }).click();
  await expect(support.getByText(`Acreditado en ${wallet.name}`)).toBeVisible();
  expect(support.url(), 'of the text only what is searched for').not.toMatch(/Regalo|secreto/);
  await expect(support.getByRole('link', { name: /^Asiento \d+ en el libro mayor$/ })).toBeVisible();

  const reply = support.getByRole('textbox', { name: 'Respuesta para el cliente' });
  await expect(reply).toHaveValue(/El dinero llegó y se acreditó el .*\./s);
  await support.getByLabel('Idioma de la respuesta').selectOption('English');
  await support.getByRole('button', { name: 'Copiar respuesta' }).click();
  await expect(support.getByRole('button', { name: 'Respuesta copiada' })).toBeVisible();
  const copied = await support.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('The money arrived and was credited');
  expect(copied, 'nothing of anybody else').not.toContain(wallet.name);
  await expectAccessible(support);

  await support.getByRole('link', { name: 'Abrir caso' }).click();
  await expect(support.getByLabel('Clave de rastreo')).toHaveValue(key);
  const note = unique('Dice que no lo ve');
  await support.getByLabel('Qué pasa').fill(note);
  await support.getByRole('button', { name: 'Abrir caso' }).click();
  await expect(support.getByRole('heading', { level: 1, name: 'Aclaración de un depósito' })).toBeVisible();
  await expect(support.getByRole('listitem').filter({ hasText: 'Caso abierto' })).toContainText(note);

  await support.getByRole('button', { name: 'Entregar', exact: true }).click();
  const dialog = support.getByRole('dialog');
  await dialog.getByLabel('A quién').selectOption('Óscar Operador');
  await dialog.getByLabel('Qué debe saber').fill('Llama mañana');
  await dialog.getByRole('button', { name: 'Entregar' }).click();
  await expect(support.getByText('Entregado a Óscar Operador')).toBeVisible();
  await operator.goto('/cases?owner=me');
  await expect
    .poll(() => operator.getByRole('row').filter({ hasText: 'Aclaración de un depósito' }).count(), SOON)
    .toBeGreaterThan(0);
  await expectAccessible(operator);
});
