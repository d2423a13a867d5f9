import { checkClabe } from '~/lib/clabe';
import { isLocalFintoc } from '~/lib/env';
import { FintocError } from '~/lib/rails/fintoc/answers';
import { delivered, EVENT_TYPES, eventOf, read } from '~/lib/rails/fintoc/events';
import { facts } from '~/lib/rails/fintoc/facts';
import * as gateway from '~/lib/rails/fintoc/gateway';
import { createOnce } from '~/lib/rails/fintoc/requests';
import { toAccount, toAccountNumber, toLimits, toTransfer } from '~/lib/rails/fintoc/translate';
import type { MovementCursor, NewAccount, NewNumber, Payment, Rail, Verdict } from '~/lib/rails/rail';
import { speiText } from '~/lib/spei';

/** Fintoc's daily settlement carries this comment and no mark beside it (fintoc.com docs, daily settlement). */
const SETTLEMENT_COMMENT = /^fintoc daily settlement$/i;

/** Fintoc as a rail: what we ask for in our words, in Fintoc's. */
export const fintoc: Rail = {
  facts,

  openAccount,
  openNumber,
  setNumber: (id, status) => gateway.updateAccountNumber(id, { status }),
  deleteNumber: gateway.deleteAccountNumber,
  account: gateway.getAccount,
  accounts: (aside) => gateway.listAccounts({}, aside),
  numbers: (aside) => gateway.listAccountNumbers({}, aside),
  numberLimits: toLimits,

  checkDestination(text) {
    const clabe = checkClabe(text);
    return clabe.ok
      ? { ok: true, kind: 'clabe', destination: clabe.clabe, bank: clabe.bank?.name ?? null }
      : { ok: false, reason: `clabe_${clabe.reason}` };
  },
  // The numeric reference as SPEI takes it (reference/transfers-create).
  takesReference: (text) => /^[1-9]\d{0,6}$/.test(text),
  printed: speiText,
  awaitTurn: gateway.awaitTurn,
  pay,
  keepsFailure: (code) => code === 'internal_server_error' || code === 'core_response',
  sendBack,
  findSent: (accountId, since, aside) =>
    gateway.listTransfers(
      { account_id: accountId, direction: 'outbound', since: since.toISOString() },
      aside,
    ),

  transfer: gateway.getTransfer,
  isSettlement: ({ comment }) => SETTLEMENT_COMMENT.test(comment ?? ''),
  isTransfer: (id) => id.startsWith('tr_'),
  transfers: ({ since, until }, aside) =>
    gateway.listTransfers(
      { ...(since && { since: since.toISOString() }), ...(until && { until: until.toISOString() }) },
      aside,
    ),
  movements: (accountId, cursor) => gateway.movementPage(accountId, cursorOf(cursor)),

  verify: gateway.verifyWebhook,
  delivered,
  read,
  eventOf,
  subscribe: (url, key) =>
    gateway.createWebhookEndpoint({ url, enabled_events: EVENT_TYPES, description: 'Monedero' }, key),
  unsubscribe: gateway.deleteWebhookEndpoint,

  simulateDeposit: ({ numberId, amount, asset, comment }, key) =>
    gateway.simulateDeposit(
      {
        account_number_id: numberId,
        amount: Number(amount),
        currency: asset,
        ...(comment && { comment }),
      },
      key,
    ),
  // Fintoc’s own simulations receive alone; the local one takes the rest beside its API.
  rehearsal: () => (isLocalFintoc() ? { end: gateway.rehearseEnd, pass: gateway.passTime } : null),
  isReachable: gateway.isReachable,
};

async function openAccount({ walletId, asset, entityId, name, since }: NewAccount) {
  // The wallet's id stands in the description, so that the account can be found again without its key.
  const description = `${name.slice(0, facts().text.description - 14)} · ${walletId.slice(-11)}`;
  const raw = await createOnce({
    purpose: `wallet:${walletId}:${asset}:account`,
    path: '/v2/accounts',
    body: { entity_id: entityId, description },
    find: () =>
      findRaw(
        gateway.listAccounts({ entity_id: entityId }),
        (account) => account.description === description && account.asset === asset,
      ),
    since,
  });
  const account = toAccount(raw);
  return { account, number: await gateway.getAccountNumber(account.rootNumberId) };
}

async function openNumber({ walletId, asset, customerId, accountId, name, since, bounds }: NewNumber) {
  const raw = await createOnce({
    purpose: `wallet:${walletId}:${asset}:account_number`,
    path: '/v2/account_numbers',
    body: {
      account_id: accountId,
      description: name.slice(0, facts().text.description),
      metadata: { customer_id: customerId ?? '', wallet_id: walletId },
      ...(bounds && { options: { min_amount: asNumber(bounds.min), max_amount: asNumber(bounds.max) } }),
    },
    find: () =>
      findRaw(
        gateway.listAccountNumbers({ account_id: accountId }),
        ({ marks }) => marks.walletId === walletId,
      ),
    since,
  });
  return toAccountNumber(raw);
}

/** Fintoc's amounts are JSON numbers. */
function asNumber(amount: bigint | null): number | null {
  return amount === null ? null : Number(amount);
}

async function findRaw<Item extends { raw: object }>(
  items: AsyncIterable<Item>,
  fits: (item: Item) => boolean,
) {
  for await (const item of items) if (fits(item)) return item.raw;
  return null;
}

/** Only an answer to the request itself says what became of it. All else is not known. */
async function pay({ key, ...payment }: Payment): Promise<Verdict> {
  try {
    return { kind: 'accepted', transfer: await gateway.createTransfer(bodyOf(payment), key) };
  } catch (error) {
    if (!(error instanceof FintocError) || error.verdict === 'unknown') return { kind: 'unknown', error };
    const { code, message } = error;
    return { kind: 'refused', again: againOf(error), code, message };
  }
}

/**
 * Fintoc would repeat under the same key what it refused, but not what it didn't let in: there the same key goes on
 * being the surest guard against paying twice.
 */
function againOf({ verdict, status }: FintocError): 'never' | 'new_key' | 'same_key' {
  if (verdict === 'refused') return 'never';
  return verdict === 'refused_now' || status === 403 ? 'new_key' : 'same_key';
}

function bodyOf(payment: Omit<Payment, 'key'>): object {
  const { accountId, amount, asset, destination, name, taxId, comment, referenceId, marks } = payment;
  return {
    account_id: accountId,
    // Fintoc's amounts are JSON numbers; MAX_AMOUNT keeps ours exact there.
    amount: Number(amount),
    currency: asset,
    ...(comment && { comment }),
    ...(referenceId && { reference_id: referenceId }),
    counterparty: {
      account_number: destination,
      ...(name && { holder_name: name }),
      ...(taxId && { holder_id: taxId }),
    },
    metadata: { withdrawal_id: marks.withdrawalId, wallet_id: marks.walletId },
  };
}

async function sendBack(transferId: string, attempt: number, inTurn: () => Promise<void>) {
  const raw = await createOnce({
    inTurn,
    purpose: `transfer:${transferId}:return:${attempt}`,
    path: '/v2/transfers/return',
    body: { transfer_id: transferId },
    find: async () => {
      const found = await gateway.getTransfer(transferId);
      return found.word === 'succeeded' ? null : found.raw;
    },
  });
  return toTransfer(raw);
}

function cursorOf(cursor: MovementCursor): Record<string, string> {
  if (cursor === null) return {};
  return 'olderThan' in cursor ? { starting_after: cursor.olderThan } : { ending_before: cursor.newerThan };
}
