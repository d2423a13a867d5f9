import type { Page } from '@playwright/test';
import { expect, expectAccessible, required, test } from '~/e2e/fixtures';
import { actorOf, fundedWallet } from '~/e2e/given';
import { createCustomer, expectWithdrawal, fact, requestWithdrawal, someClabe, someRfc } from '~/e2e/steps';

const READY = 'Verificar la identidad de quien llama';

/** The page as it stands, its HTML as the server sends it, and what the browser is sent when a link leads there. */
async function sources(page: Page): Promise<string[]> {
  const [html, payload] = await Promise.all([
    page.request.get(page.url()),
    page.request.get(page.url(), { headers: { RSC: '1' } }),
  ]);
  expect(payload.headers()['content-type']).toContain('text/x-component');
  return [await page.content(), await html.text(), await payload.text()];
}

async function expectUnsent(page: Page, ...secrets: string[]): Promise<void> {
  for (const text of await sources(page))
    for (const secret of secrets) expect(text, `on ${page.url()}`).not.toContain(secret);
}

async function reveal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mostrar datos' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: READY }).click();
  await dialog.getByRole('button', { name: 'Mostrar 15 minutos' }).click();
  await expect(page.getByRole('button', { name: 'Ocultar ahora' })).toBeVisible();
}

async function company(operator: Page): Promise<{ name: string; taxId: string; url: string; id: string }> {
  const taxId = someRfc();
  const name = await createCustomer(operator, { taxId, kind: 'Empresa' });
  return { name, taxId, url: operator.url(), id: operator.url().split('/').at(-1) ?? '' };
}

test('support reveals one customer, by keyboard and for a reason, and the auditor reads who and why', async ({
  pageAs,
}) => {
  const operator = await pageAs('operator');
  const [one, other] = [await company(operator), await company(operator)];
  const support = await pageAs('support');
  await support.goto(one.url);
  await expect(fact(support, 'RFC')).toContainText('••••');
  await expectUnsent(support, one.taxId);

  await support.getByRole('button', { name: 'Mostrar datos' }).focus();
  await support.keyboard.press('Enter');
  const dialog = support.getByRole('dialog', { name: `¿Mostrar los datos de ${one.name}?` });
  await dialog.getByLabel('Motivo').fill('corto');
  await dialog.getByRole('button', { name: 'Mostrar 15 minutos' }).press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('al menos 10 caracteres');
  await expectAccessible(support);
  await dialog.getByRole('button', { name: READY }).press('Enter');
  await expect(dialog.getByLabel('Motivo')).toBeFocused();
  await support.keyboard.press('End');
  await support.keyboard.type(', caso 4711');
  await dialog.getByRole('button', { name: 'Mostrar 15 minutos' }).press('Enter');

  await expect(fact(support, 'RFC')).toHaveText(one.taxId);
  for (const text of await sources(support)) expect(text, 'where it is seen it is sent').toContain(one.taxId);
  await expect(support.getByText(/Visibles 1[45]:\d\d/)).toBeVisible();
  await expect(support.getByRole('button', { name: 'Ocultar ahora' })).toBeFocused();
  await expectAccessible(support);
  for (const path of [other.url, '/customers']) {
    await support.goto(path);
    await expect(support.getByRole('heading', { level: 1 })).toBeVisible();
    await expectUnsent(support, one.taxId, other.taxId);
  }

  const auditor = await pageAs('auditor');
  await auditor.goto(`/audit?q=${one.id}`);
  const row = auditor.getByRole('row').filter({ hasText: 'Datos personales mostrados' });
  await expect(row).toContainText('Sofía Soporte');
  await expect(row).toContainText(`${READY}, caso 4711`);
  await auditor.goto(one.url);
  await expect(auditor.getByRole('listitem').filter({ hasText: 'Datos personales mostrados' })).toContainText(
    'caso 4711',
  );
  await operator.goto(one.url);
  await expect(operator.getByText('Cliente registrado')).toBeVisible();
  await expect(operator.getByText('Datos personales mostrados')).toHaveCount(0);
});

test('what was revealed is hidden at a click, and by itself when its time is over', async ({
  pageAs,
  newOperator,
}) => {
  const operator = await pageAs('operator');
  const { url, taxId } = await company(operator);
  const support = await pageAs(await newOperator('support'));
  await support.goto(url);
  await reveal(support);
  await expect(fact(support, 'RFC')).toHaveText(taxId);
  await support.getByRole('button', { name: 'Ocultar ahora' }).click();
  await expect(fact(support, 'RFC')).toContainText('••••');
  await expect(support.getByRole('button', { name: 'Mostrar datos' })).toBeFocused();
  await expectUnsent(support, taxId);

  await reveal(support);
  const forgotten = await support.context().newPage();
  await forgotten.clock.install();
  await forgotten.goto(url);
  await expect(fact(forgotten, 'RFC')).toHaveText(taxId);
  await support.getByRole('button', { name: 'Ocultar ahora' }).click();
  await expect(fact(support, 'RFC')).toContainText('••••');
  await forgotten.clock.fastForward('16:00');
  await expect(fact(forgotten, 'RFC')).toContainText('••••');
});

test("support reveals one payout's beneficiary; the other's, the lists and the event stay masked", async ({
  pageAs,
}) => {
  const operator = await pageAs('operator');
  const wallet = await fundedWallet(operator, '500.00');
  const [payee, other] = [someClabe(), someClabe()];
  const first = await requestWithdrawal(operator, { to: payee, amount: '10.00' });
  await expectWithdrawal(operator, 'Pagado');
  const transferId = await fact(operator, 'Transferencia en Fintoc').textContent();
  await operator.goto(wallet.url);
  const second = await requestWithdrawal(operator, { to: other, amount: '20.00' });

  const support = await pageAs('support');
  for (const url of [first, second, wallet.url, '/withdrawals/all', '/movements']) {
    await support.goto(url);
    await expect(support.getByRole('heading', { level: 1 })).toBeVisible();
    await expectUnsent(support, payee, other);
  }
  await support.goto(`/inbox?q=${transferId?.trim()}`);
  await support.getByRole('link', { name: 'transfer.outbound.succeeded' }).click();
  await expect(support.getByText('Con los datos personales ocultos.')).toBeVisible();
  await expectUnsent(support, payee);

  await support.goto(first);
  await expect(fact(support, 'Comprobante \\(CEP\\)')).toContainText('Oculto');
  await reveal(support);
  await expect(fact(support, 'CLABE')).toHaveText(payee);
  await expect(support.getByRole('link', { name: 'Abrir comprobante' })).toBeVisible();
  for (const url of [second, '/withdrawals/all']) {
    await support.goto(url);
    await expect(support.getByRole('heading', { level: 1 })).toBeVisible();
    await expectUnsent(support, payee, other);
  }
});

test('a viewer finds no way to reveal, and a forged one is refused', async ({ pageAs, newOperator }) => {
  const operator = await pageAs('operator');
  const [known, wanted] = [await company(operator), await company(operator)];
  const support = await pageAs('support');
  await support.goto(known.url);
  const sent = support.waitForRequest((request) => request.headers()['next-action'] !== undefined);
  await reveal(support);
  const request = await sent;

  const viewer = await pageAs(await newOperator('viewer'));
  await viewer.goto(wanted.url);
  await expect(viewer.getByText('Tu rol ve los datos personales ocultos.')).toBeVisible();
  await expect(viewer.getByRole('button', { name: 'Mostrar datos' })).toHaveCount(0);
  await expectUnsent(viewer, wanted.taxId);

  const { id: supportId } = await actorOf(support);
  const forge = async (page: Page) =>
    page.request.post(wanted.url, {
      headers: {
        'Next-Action': request.headers()['next-action'] ?? '',
        'Content-Type': request.headers()['content-type'] ?? '',
        Origin: required('NEXTAUTH_URL'),
      },
      data: Buffer.from(
        (request.postData() ?? '')
          .replaceAll(known.id, wanted.id)
          .replaceAll(supportId, (await actorOf(page)).id),
      ),
    });
  expect(await (await forge(viewer)).text()).toContain('forbidden');
  await viewer.reload();
  await expectUnsent(viewer, wanted.taxId);
  expect(await (await forge(support)).text(), 'the same from support is taken').toContain(wanted.taxId);
});
