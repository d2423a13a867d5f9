import type { Page } from '@playwright/test';
import { asOwner, expect, type LocalFintoc } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { clabeOf } from '~/e2e/steps';
import { system } from '~/lib/actor';
import { transaction } from '~/lib/db';
import { getSetting, writeSetting } from '~/lib/settings';

/** The account that a wallet of pattern B has for itself. */
export async function accountOf(page: Page, fintoc: LocalFintoc): Promise<string> {
  const clabe = await clabeOf(page);
  const accounts = await fintoc.get('/v2/accounts?limit=300');
  const account = accounts.find(
    ({ root_account_number: number }: { root_account_number: string }) => number === clabe,
  );
  return account.id;
}

/** The platform's own money: without any, what Fintoc takes is missing for customers, and nothing leaves. */
export async function platformHas(fintoc: LocalFintoc, amount: number): Promise<void> {
  const accounts = await fintoc.get('/v2/accounts?limit=300');
  const root = accounts.find(({ is_root: isRoot }: { is_root: boolean }) => isRoot);
  await fintoc.post('/v2/simulate/receive_transfer', {
    account_number_id: root.root_account_number_id,
    amount,
    currency: 'MXN',
  });
}

/** Some journeys leave their break open, and which of them share an app hangs on chance: three would stop all payouts. */
function breaksStopNothing(): Promise<void> {
  const key = 'payoutStops';
  return transaction(async (tx) =>
    writeSetting(tx, system('setup'), { key, value: { ...(await getSetting(key, tx)), breaks: null } }),
  );
}

/** A fee that Fintoc takes and tells nobody of, some minutes ago: webhooks have had their time. */
export async function fintocTakesFee(fintoc: LocalFintoc, accountId: string, amount: number): Promise<void> {
  await breaksStopNothing();
  const { id } = await fintoc.control(`/accounts/${accountId}/movements`, { direction: 'outbound', amount });
  await asOwner(
    `UPDATE sandbox.movements SET transaction_date = transaction_date - interval '10 minutes' WHERE id = $1`,
    [id],
  );
  await asOwner(`UPDATE proof_movements SET at = at - interval '10 minutes' WHERE id = $1`, [id]);
}

/** A wallet with money whose account lacks a fee in the books, with its break on the page. */
export async function brokenWallet(page: Page, fintoc: LocalFintoc, fee: number) {
  await platformHas(fintoc, 1_000_00);
  const wallet = await fundedWallet(page, '900.00', 'B');
  const accountId = await accountOf(page, fintoc);
  await page.goto(`/proof/accounts/${accountId}`);
  await expect(page.getByRole('main').getByText('Cuadra', { exact: true })).toBeVisible();
  await fintocTakesFee(fintoc, accountId, fee);
  await page.getByRole('button', { name: 'Revisar ahora' }).click();
  const row = page
    .getByRole('table', { name: 'Descuadres' })
    .getByRole('row')
    .filter({ hasText: 'Falta en el libro' });
  await expect(row).toContainText('Abierto');
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Falta en el libro');
  return { wallet, accountId, breakUrl: page.url() };
}
