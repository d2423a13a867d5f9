import { expect, type Page } from '@playwright/test';
import { unique } from '~/e2e/fixtures';
import { balance, expectWalletStatus, type Pattern, someClabe } from '~/e2e/steps';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { simulateDeposit } from '~/lib/deposits/deposits';
import { parseAmount } from '~/lib/money';
import { createCustomer } from '~/lib/people/customers';
import { operatorOf } from '~/lib/people/sessions';
import { ANYBODY } from '~/lib/testing/reader';
import { openWallet } from '~/lib/wallets/opening';
import { getWallet, viewOf } from '~/lib/wallets/wallets';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { Withdrawal } from '~/prisma/generated/client';

/**
 * What most journeys start from, made by the product's own verbs as whoever is signed in on the page. The forms for it
 * have journeys of their own (pattern-a, pattern-b, pattern-c).
 */

/** A customer with an open wallet. Stays on the wallet's page. */
export async function openedWallet(page: Page, pattern: Pattern = 'A') {
  const { id, name } = await newWallet(await actorOf(page), pattern);
  await page.goto(`/wallets/${id}`);
  await expectWalletStatus(page, 'Abierto');
  return { url: page.url(), name, id };
}

/** An open wallet that holds money. Stays on its page. */
export async function fundedWallet(page: Page, amount: string, pattern: Pattern = 'A') {
  const { id, name } = await newWallet(await actorOf(page), pattern, parseAmount(amount, 'MXN') ?? 0n);
  await page.goto(`/wallets/${id}`);
  await expect(balance(page, 'Disponible')).toHaveText(`${amount} MXN`);
  return { url: page.url(), name, id };
}

/** A customer with an open wallet, with money in it where an amount is given. */
export async function newWallet(actor: OperatorActor, pattern: Pattern, amount = 0n) {
  const customer = await createCustomer(actor, {
    kind: 'individual',
    name: unique('Ana'),
    country: 'mx',
    taxId: 'LOHA900101MDFPRN01',
    requestId: crypto.randomUUID(),
  });
  const { id } = await openWallet(actor, {
    customerId: customer.id,
    pattern,
    name: unique('Monedero'),
    asset: 'MXN',
    requestId: crypto.randomUUID(),
  });
  await expect.poll(async () => (await getWallet(ANYBODY, id)).status, SOON).toBe('open');
  if (amount > 0n) {
    await receive(actor, id, amount);
    await expect.poll(async () => (await inPesos(id)).balances.available, SOON).toBe(amount);
  }
  return inPesos(id);
}

/** A wallet with what it holds in pesos. */
export async function inPesos(id: string) {
  const view = viewOf(await getWallet(ANYBODY, id), 'MXN');
  if (!view) throw new Error(`The wallet ${id} holds no pesos.`);
  return view;
}

type Asked = { name: string; clabe?: string; amount?: bigint; concept?: string };

/** Over the demo's threshold: a second person decides. */
const LARGE = 6_000_000n;

/** Withdrawals from one wallet that wait for a second person, asked for by whoever is signed in on the page. */
export async function waitingWithdrawals(page: Page, asked: readonly Asked[]) {
  const actor = await actorOf(page);
  const sum = asked.reduce((total, { amount = LARGE }) => total + amount, 0n);
  const wallet = await newWallet(actor, 'A', sum);
  const made: Withdrawal[] = [];
  for (const { name, clabe: destination = someClabe(), amount = LARGE, concept } of asked) {
    const twin = made.findLast((before) => before.destination === destination && before.amount === amount);
    made.push(
      await requestWithdrawal(actor, {
        walletId: wallet.id,
        amount,
        destination,
        beneficiaryName: name,
        comment: concept,
        acceptedTwin: twin?.id,
        requestId: crypto.randomUUID(),
      }),
    );
  }
  return made;
}

/** Until Fintoc's movements show what came into a wallet, it neither leaves nor moves on to another one. */
export async function shownAtFintoc(walletId: string): Promise<void> {
  const transfers = await db().transfer.findMany({ where: { walletId }, select: { id: true } });
  const resourceId = { in: transfers.map(({ id }) => id) };
  await expect
    .poll(() => db().proofMovement.count({ where: { resourceId, matchedAt: { not: null } } }), SOON)
    .toBe(transfers.length);
}

/** What the worker does in well under a second is looked for as often as that. */
export const SOON = { intervals: [100] };

async function receive(actor: OperatorActor, walletId: string, amount: bigint): Promise<void> {
  const { accountNumberId, asset } = await inPesos(walletId);
  if (!accountNumberId) throw new Error(`The wallet ${walletId} has no CLABE.`);
  await simulateDeposit(actor, { accountNumberId, amount, asset, requestId: crypto.randomUUID() });
}

/** Who is signed in on a page, as the verbs of the product know them. */
export async function actorOf(page: Page): Promise<OperatorActor> {
  const session = await (await page.request.get('/api/auth/session')).json();
  const operator = await operatorOf(session.sessionId);
  if (!operator) throw new Error('Nobody is signed in on this page.');
  return { kind: 'operator', id: operator.id, name: operator.name, role: operator.role };
}
