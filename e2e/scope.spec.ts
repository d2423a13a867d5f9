import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, newWallet } from '~/e2e/given';
import { approveAct } from '~/e2e/steps';
import { db } from '~/lib/db';
import { customRoleOf } from '~/lib/people/role-of';

test('whose role is of one portfolio sees their portfolio and nothing beside it, and is told so', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  const actor = await actorOf(await pageAs('operator'));
  const [own, other] = [await newWallet(actor, 'A', 12_345n), await newWallet(actor, 'A', 54_321n)];
  const portfolio = unique('Portafolio');
  for (const [{ id }, name] of [
    [own, portfolio],
    [other, unique('Ajeno')],
  ] as const) {
    const { customerId } = await db().wallet.findUniqueOrThrow({ where: { id } });
    await db().wallet.update({
      where: { id },
      data: { portfolio: { create: { name, customerId: customerId ?? '' } } },
    });
  }

  const admin = await pageAs('admin');
  const name = unique('Región');
  await admin.goto('/settings/roles/new');
  await admin.getByLabel('Nombre', { exact: true }).fill(name);
  await admin.getByRole('searchbox', { name: 'Portafolio o cliente' }).fill(portfolio);
  await admin.getByRole('button', { name: portfolio }).click();
  await expect(admin.getByRole('checkbox', { name: 'Solicitar retiros' })).toBeDisabled();
  await admin.getByRole('checkbox', { name: 'Ver los datos personales de todos' }).check();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Solicitar el rol' }).click();
  await admin.waitForURL('/settings/roles');
  await approveAct(await pageAs('approver'), name);
  const role = customRoleOf(await db().customRole.findFirstOrThrow({ where: { name } }));

  const page = await pageAs(await newOperator(role));
  await page.goto('/');
  await page.waitForURL('/wallets');
  await expect(page.getByRole('cell', { name: own.name, exact: true })).toBeVisible();
  await expect(page.getByText(other.name)).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Principal' }).getByText('Conciliación')).toHaveCount(0);
  await page.goto(`/wallets/${own.id}`);
  await expect(page.getByRole('heading', { level: 1, name: own.name })).toBeVisible();
  for (const address of ['/customers', '/movements', '/withdrawals', '/deposits', '/account-numbers']) {
    await page.goto(address);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(other.name)).toHaveCount(0);
  }
  expectComplaint(/500|441|404/);
  await page.goto(`/wallets/${other.id}`);
  await expect(page.getByText('No encontramos esta página')).toBeVisible();
  await expect(page.getByText(other.name)).toHaveCount(0);
  const { found } = await (await page.request.get(`/api/wallets?q=${other.name}`)).json();
  expect(found).toEqual([]);
  await page.goto('/cash');
  await expect(page.getByText('Fuera de tu alcance')).toBeVisible();
});
