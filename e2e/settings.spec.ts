import type { Page } from '@playwright/test';
import { expect, test, webhookSecret } from '~/e2e/fixtures';
import { fundedWallet, openedWallet } from '~/e2e/given';
import {
  approveAct,
  balance,
  expectWithdrawal,
  fact,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
} from '~/e2e/steps';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';

test('the webhook is registered anew with another secret, and no delivery is lost over it', async ({
  pageAs,
  fintoc,
}) => {
  const admin = await pageAs('admin');
  await admin.goto('/settings/fintoc');
  const registered = fact(admin, 'Id en Fintoc');
  const before = (await registered.textContent()) ?? '';
  const underWay = await signedEvent();
  await rotate(admin);
  await expect(registered).not.toHaveText(before);
  await expect(fact(admin, 'Secretos vigentes')).toContainText('2 secretos');
  const history = admin.getByRole('table', { name: 'Registros del webhook' }).getByRole('row');
  await expect(history.filter({ hasText: 'Anterior, aún vale' })).toHaveCount(1);
  const retired = await history.filter({ hasText: 'Retirado' }).count();

  expect(await fintoc.deliver(underWay.body, underWay.signature), 'signed before the rotation').toBe(200);
  const page = await pageAs('operator');
  await openedWallet(page);
  await simulateDeposit(page, '83.40');
  await expect(balance(page, 'Disponible')).toHaveText('83.40 MXN');
  await expect(page.getByRole('button', { name: /sondeo/i }), 'told by webhook').toHaveCount(0);

  await rotate(admin);
  await expect(history.filter({ hasText: 'Retirado' })).toHaveCount(retired + 1);
  const twoRotationsLater = async () => {
    const { body, signature } = await signedEvent(underWay.secret);
    return fintoc.deliver(body, signature);
  };
  await expect.poll(twoRotationsLater, 'within seconds').toBe(401);
  await page.goto('/inbox/refused');
  await expect(
    page.getByRole('row').filter({ hasText: 'Firmada con un secreto que ya retiramos' }).first(),
  ).toBeVisible();
});

test('from the amount that an admin sets, a withdrawal needs a second person', async ({
  pageAs,
  newOperator,
}) => {
  const [admin, operator, approver] = [
    await pageAs('admin'),
    await pageAs(await newOperator('operator')),
    await pageAs('approver'),
  ];
  const wallet = await fundedWallet(operator, '1,000.00');
  await admin.goto('/settings/rules');
  const usual = await admin.getByLabel('Desde este monto, en MXN', { exact: true }).inputValue();
  await setApproval(admin, approver, '150.00');
  try {
    await expect(admin.getByText(/Un retiro de 150\.00 MXN o más espera/)).toBeVisible();
    await requestWithdrawal(operator, { to: someClabe(), amount: '149.99' });
    await expectWithdrawal(operator, 'Pagado');

    await operator.goto(wallet.url);
    const url = await requestWithdrawal(operator, { to: someClabe(), amount: '150.00' });
    await expectWithdrawal(operator, 'Por aprobar');
    await approver.goto(url);
    await approver.getByRole('button', { name: 'Aprobar', exact: true }).click();
    await approver.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
    await expectWithdrawal(operator, 'Pagado');
  } finally {
    await setApproval(admin, approver, usual);
  }
});

async function rotate(admin: Page): Promise<void> {
  await admin.getByRole('button', { name: 'Rotar secreto' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Rotar secreto' }).click();
  await expect(admin.getByRole('dialog')).toHaveCount(0);
}

async function setApproval(admin: Page, approver: Page, amount: string): Promise<void> {
  await admin.goto('/settings/rules');
  await admin.getByLabel('Desde este monto, en MXN', { exact: true }).fill(amount);
  await admin.getByRole('button', { name: 'Guardar regla' }).click();
  await expect(admin.getByText('La regla espera a otra persona')).toBeVisible();
  await approveAct(approver, 'Cambiar la regla');
  await admin.goto('/settings/rules');
}

/** A delivery as Fintoc signs it now, or signed with a secret of before. */
async function signedEvent(earlier?: string) {
  const secret = earlier ?? (await webhookSecret());
  const id = crypto.randomUUID();
  const body = JSON.stringify({
    id: `evt_${id}`,
    object: 'event',
    type: 'invoice.stamped',
    mode: 'test',
    created_at: new Date().toISOString(),
    data: { id: `inv_${id}`, object: 'invoice' },
  });
  return { body, secret, signature: createWebhookSignature(body, secret) };
}
