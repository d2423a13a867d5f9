import { expect, type Page } from '@playwright/test';
import { unique } from '~/e2e/fixtures';
import { balance, expectWalletStatus, type Pattern } from '~/e2e/steps';
import type { OperatorActor } from '~/lib/actor';
import { createCustomer } from '~/lib/customers';
import { parseAmount } from '~/lib/money';
import { findActiveOperator } from '~/lib/operators';
import { simulateDeposit } from '~/lib/transfers/deposits';
import { getWallet, openWallet } from '~/lib/wallets';

/**
 * What most journeys start from, made by the product's own verbs as whoever is signed in on the page. The forms for it
 * have journeys of their own (pattern-a, pattern-b, pattern-c).
 */

/** A customer with an open wallet. Stays on the wallet's page. */
export async function openedWallet(page: Page, pattern: Pattern = 'A') {
  const { url, name, id } = await newWallet(await actorOf(page), pattern);
  await page.goto(url);
  await expectWalletStatus(page, 'Abierto');
  return { url: page.url(), name, id };
}

/** An open wallet that holds money. Stays on its page. */
export async function fundedWallet(page: Page, amount: string, pattern: Pattern = 'A') {
  const actor = await actorOf(page);
  const { url, name, id, accountNumberId } = await newWallet(actor, pattern);
  const centavos = parseAmount(amount, 'MXN') ?? 0n;
  await simulateDeposit(actor, {
    accountNumberId,
    amount: centavos,
    asset: 'MXN',
    requestId: crypto.randomUUID(),
  });
  await expect.poll(async () => (await getWallet(id)).balances.available, SOON).toBe(centavos);
  await page.goto(url);
  await expect(balance(page, 'Disponible')).toHaveText(`${amount} MXN`);
  return { url: page.url(), name, id };
}

/** What the worker does in well under a second is looked for as often as that. */
const SOON = { intervals: [100] };

async function newWallet(actor: OperatorActor, pattern: Pattern) {
  const customer = await createCustomer(actor, {
    kind: 'individual',
    name: unique('Ana'),
    country: 'mx',
    taxId: 'LOHA900101MDFPRN01',
    requestId: crypto.randomUUID(),
  });
  const name = unique('Monedero');
  const { id } = await openWallet(actor, {
    customerId: customer.id,
    pattern,
    name,
    asset: 'MXN',
    requestId: crypto.randomUUID(),
  });
  await expect.poll(async () => (await getWallet(id)).status, SOON).toBe('open');
  const { accountNumberId } = await getWallet(id);
  if (!accountNumberId) throw new Error(`The wallet ${id} is open without a CLABE.`);
  return { url: `/wallets/${id}`, name, id, accountNumberId };
}

async function actorOf(page: Page): Promise<OperatorActor> {
  const session = await (await page.request.get('/api/auth/session')).json();
  const operator = await findActiveOperator(session.operatorId, session.passwordVersion);
  if (!operator) throw new Error('Nobody is signed in on this page.');
  return { kind: 'operator', id: operator.id, name: operator.name, role: operator.role };
}
