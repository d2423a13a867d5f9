import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { pagesWithIds } from '~/e2e/routes';
import { balance, fact, fillWithdrawal, requestWithdrawal, someClabe } from '~/e2e/steps';
import { db } from '~/lib/db';

test('two cells pasted as an amount are refused by the field, and nothing leaves; what the bank prints is shown', async ({
  pageAs,
  newOperator,
}) => {
  const page = await pageAs(await newOperator('operator'));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const wallet = await fundedWallet(page, '80,000.00');
  const to = someClabe();
  await fillWithdrawal(page, { to, amount: '', name: 'José Núñez', concept: 'Café & té' });
  await expect(page.getByText('El banco imprimirá: Jose Nunez')).toBeVisible();
  await expect(page.getByText('El banco imprimirá: Cafe te')).toBeVisible();

  const amount = page.getByLabel('Monto en MXN');
  for (const [cells, seen] of [
    ['15\t20', '15⇥20'],
    // A column: as one line, a browser would make fifteen thousand of it.
    ['15\n200\n', '15↵200'],
  ] as const) {
    await page.evaluate((text) => navigator.clipboard.writeText(text), cells);
    await amount.fill('');
    await amount.press('ControlOrMeta+V');
    await expect(amount).toHaveValue(seen);
    await page.getByRole('button', { name: 'Solicitar retiro' }).click();
    await expect(amount).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('alert').getByRole('button', { name: /Monto en MXN/ })).toBeVisible();
    await expect(amount).toHaveValue(seen);
  }
  const asked = () => db().withdrawal.findMany({ where: { walletId: wallet.id } });
  expect(await asked()).toEqual([]);

  await amount.fill('1.520,00');
  await expect(page.getByText('Se entiende: 1,520.00 MXN')).toBeVisible();

  // What PostgreSQL can't keep comes in no text either.
  await page.goto(wallet.url);
  await requestWithdrawal(page, {
    to,
    amount: '15,20',
    name: 'José\0 Núñez\u202e',
    concept: 'Café & té\ud800',
  });
  await expect(fact(page, 'Beneficiario')).toHaveText('José Núñez');
  expect(await asked()).toMatchObject([
    { amount: 1_520n, printedName: 'Jose Nunez', printedComment: 'Cafe te' },
  ]);
  // A name that runs from right to left stays within itself in a sentence.
  await db().wallet.update({ where: { id: wallet.id }, data: { name: 'دار السلام 7' } });
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('79,984.80 MXN');
  await page.getByRole('button', { name: 'Congelar' }).click();
  await expect(page.getByRole('dialog').getByRole('heading')).toContainText('\u2068دار السلام 7\u2069');
});

/** In what a page streams: an error that nobody caught. What is not there is one of Next's own. */
const UNCAUGHT = /data-dgst="\d|"digest\\?":\\?"\d|\$RX\("[^"]*","\d/;

test('an address with an id that can be none leads to what is not there, and never to an error', async ({
  pageAs,
}) => {
  const { request } = await pageAs('admin');
  const ids = ['a%00b', '%ED%A0%80', '%EF%BF%BD', '%27', '9'.repeat(19)];
  const addresses = [
    ...pagesWithIds().map((route) => route.replace(/\[[^\]]+\]/g, 'ID')),
    ...[
      '/api/wallets?q=ID',
      '/api/customers?q=ID',
      '/api/export/ID',
      '/api/entities/ID/documents',
      '/wallets/new?customer=ID',
      '/withdrawals/new?wallet=ID',
      '/adjustments/new?wallet=ID',
    ],
  ].flatMap((address) => ids.map((id) => address.replace('ID', id)));
  const failed: string[] = [];
  while (addresses.length > 0)
    await Promise.all(
      addresses.splice(0, 6).map(async (address) => {
        const answer = await request.get(address);
        if (answer.status() >= 500 || UNCAUGHT.test(await answer.text()))
          failed.push(`${answer.status()} ${address}`);
      }),
    );
  expect(failed).toEqual([]);
});

test('what was typed and not sent survives a reload, until it is sent or thrown away; no password does', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  const name = unique('Ana');
  const [named, rfc] = [page.getByLabel('Nombre completo'), page.getByRole('textbox', { name: 'RFC' })];
  const fill = async () => {
    await page.getByRole('radio', { name: 'Persona física' }).check();
    await named.fill(name);
    await rfc.fill('LOHA900101MDFPRN01');
  };
  await page.goto('/customers/new');
  await expect(page.getByRole('button', { name: 'Registrar cliente' })).toBeEnabled();
  await fill();
  await page.reload();
  const back = page.getByRole('status').filter({ hasText: 'Aquí está lo que habías escrito' });
  await expect(back).toBeVisible();
  await expect(named).toHaveValue(name);
  await expect(rfc).toHaveValue('LOHA900101MDFPRN01');
  await expectAccessible(page);
  await back.getByRole('button', { name: 'Empezar de nuevo' }).click();
  await expect(named).toHaveValue('');
  await fill();
  await page.getByRole('button', { name: 'Registrar cliente' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goto('/customers/new');
  await expect(named, 'sent, it is done').toHaveValue('');

  await page.goto('/settings/preferences');
  await expect(page.getByRole('button', { name: 'Cambiar contraseña' })).toBeEnabled();
  await page.getByLabel('Contraseña actual').fill('nobody keeps this');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Cambiar contraseña' })).toBeEnabled();
  await expect(page.getByLabel('Contraseña actual')).toHaveValue('');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('nobody keeps');
});
