import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, SOON, shownAtFintoc } from '~/e2e/given';
import { balance, clabeOf, fact, someRfc } from '~/e2e/steps';
import { db } from '~/lib/db';
import { simulateDeposit } from '~/lib/deposits/deposits';
import { bringEntity } from '~/lib/entities/entities';
import { createCustomer } from '~/lib/people/customers';
import { openWallet } from '~/lib/wallets/opening';

test('a company whose KYB is approved moves from A to B by two people, and its old CLABE receives on', async ({
  pageAs,
  fintoc,
}) => {
  const [page, approver] = [await pageAs('operator'), await pageAs('approver')];
  const actor = await actorOf(page);
  const [name, taxId] = [unique('Textiles'), someRfc()];
  const entity = { country_code: 'mx', holder_name: name, holder_id: taxId };
  const { id: entityId } = await fintoc.post('/v2/entities', entity);
  await fintoc.control(`/entities/${entityId}/status`, { status: 'operational' });
  await bringEntity(entityId);
  const customer = await createCustomer(actor, {
    ...{ kind: 'business', name, country: 'mx', taxId, requestId: crypto.randomUUID() },
  });
  const { id } = await openWallet(actor, {
    ...{ customerId: customer.id, pattern: 'A', name, asset: 'MXN', requestId: crypto.randomUUID() },
  });
  await page.goto(`/wallets/${id}`);
  const old = await clabeOf(page);
  const number = await db().accountNumber.findFirstOrThrow({ where: { number: old, status: 'enabled' } });
  const pay = (amount: bigint) =>
    simulateDeposit(actor, {
      ...{ accountNumberId: number.id, amount, asset: 'MXN', requestId: crypto.randomUUID() },
    });
  await pay(250_000n);
  await expect(balance(page, 'Disponible')).toHaveText('2,500.00 MXN');
  await shownAtFintoc(id);

  await page.getByRole('tab', { name: 'Datos y términos' }).click();
  await page.getByRole('link', { name: 'Comparar los tres patrones' }).click();
  const patterns = page.getByRole('list', { name: 'Los tres patrones, uno al lado del otro' });
  await expect(patterns.getByRole('listitem').nth(2)).toContainText('Aprobado');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Ver qué implica pasar a B' }).click();
  await expect(fact(page, 'Dinero por traspasar')).toContainText('2,500.00 MXN');
  await expect(page.getByRole('textbox')).toHaveValue(new RegExp(`la que termina en ${old.slice(-4)}`));
  await page.getByRole('button', { name: 'Solicitar el cambio' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Motivo').fill('Quiere una cuenta propia');
  await dialog.getByRole('button', { name: 'Solicitar el cambio' }).click();
  await expect(page.getByText('Espera una decisión')).toBeVisible();

  await approver.goto('/approvals?kind=people');
  const row = approver.getByRole('row').filter({ hasText: `Pasar ${name} del patrón A al B` });
  await row.getByRole('checkbox').check();
  await approver.getByRole('button', { name: /^Aprobar/ }).click();
  await approver
    .getByRole('dialog')
    .getByRole('button', { name: /^Aprobar/ })
    .click();
  const moves = page.getByRole('region', { name: /De A a B/ });
  await expect(moves).toContainText('Terminado', { timeout: 60_000 });
  await expect(moves).toContainText('Llegó');
  await page.goto(`/wallets/${id}`);
  await expect(balance(page, 'Disponible')).toHaveText('2,500.00 MXN');
  expect(await clabeOf(page)).not.toBe(old);
  await pay(1_000n);
  await expect(balance(page, 'Disponible')).toHaveText('2,510.00 MXN');
  await expect
    .poll(() => db().patternPayment.count({ where: { walletId: id, state: 'arrived' } }), SOON)
    .toBe(2);
});
