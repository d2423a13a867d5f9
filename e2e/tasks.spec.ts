import { openFound, personAt } from '~/e2e/count';
import { asOwner, expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, newWallet, SOON, waitingWithdrawals } from '~/e2e/given';
import { someClabe } from '~/e2e/steps';
import { db } from '~/lib/db';

test('an approver finds yesterday’s deposit of 590.13 from BBVA, and approves all that somebody asked for, by keyboard alone', async ({
  pageAs,
  newOperator,
  fintoc,
}) => {
  const operator = await newOperator('operator');
  const asker = await pageAs(operator);
  const wallet = await newWallet(await actorOf(asker), 'A');
  const sender = unique('Rosa');
  // The same three times: from BBVA today and another bank today, and the one that is made yesterday's.
  for (const [bank, holder_name] of [
    ['012', sender],
    ['012', unique('Eva')],
    ['014', unique('Luz')],
  ] as const)
    await fintoc.control('/inbound-transfers', {
      ...{ account_number: wallet.accountNumber?.number, amount: 59_013, settle: true },
      counterparty: { account_number: someClabe(bank), holder_name },
    });
  const stored = () => db().transfer.findMany({ where: { walletId: wallet.id, state: 'succeeded' } });
  await expect.poll(async () => (await stored()).length, SOON).toBe(3);
  await asOwner(
    "UPDATE transfers SET transacted_at = transacted_at - interval '1 day' WHERE wallet_id = $1 AND counterparty_name = $2",
    [wallet.id, sender],
  );
  await waitingWithdrawals(asker, [{ name: unique('Berta') }, { name: unique('Berta') }]);

  const page = await pageAs(await newOperator('approver'));
  await page.goto('/ledger');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const deposits = personAt(page);
  const described = page.getByRole('option', { name: /^Depósitos: 590\.13 MXN · BBVA · / });
  await openFound(page, deposits, '590.13 bbva ayer', described);
  await page.waitForURL(/\/deposits\/all\?min=590\.13&max=590\.13&bank=012&from=(\d{4}-\d{2}-\d{2})&to=\1$/);
  const rows = page.getByRole('table', { name: 'Todos' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText(sender);
  expect(deposits.steps(), 'from anywhere').toBe(3);

  const approvals = personAt(page);
  await openFound(page, approvals, 'aprobaciones', page.getByRole('option', { name: 'Aprobaciones' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Aprobaciones' })).toBeVisible();
  // Others ask for things as well while this runs.
  await page.goto(`/approvals?q=${encodeURIComponent(operator.name)}`);
  const chosen = page.getByRole('status').filter({ hasText: '2 elegidos' });
  // Until the page's scripts are alive a key is nobody's.
  await approvals.once(() =>
    expect(async () => {
      if (!(await chosen.isVisible())) await page.keyboard.press('*');
      await expect(chosen).toContainText('120,000.00 MXN', { timeout: 1_000 });
    }).toPass(),
  );
  await approvals.key('a');
  await expect(page.getByRole('dialog', { name: '¿Aprobar 2 retiros?' })).toBeVisible();
  await expectAccessible(page);
  await approvals.key('Enter');
  await expect(page.getByText('2 retiros aprobados')).toBeVisible();
  expect(approvals.steps(), 'from anywhere').toBe(6);
});
