import { isLocalFintoc } from '~/lib/env';
import { type DestinationKind, partsOf } from '~/lib/rails/destination';
import { FintocError } from '~/lib/rails/fintoc/answers';
import { checkDestination } from '~/lib/rails/fintoc/destinations';
import { delivered, EVENT_TYPES, eventOf, read } from '~/lib/rails/fintoc/events';
import { facts } from '~/lib/rails/fintoc/facts';
import * as gateway from '~/lib/rails/fintoc/gateway';
import { createOnce } from '~/lib/rails/fintoc/requests';
import { toAccount, toAccountNumber, toLimits, toTransfer } from '~/lib/rails/fintoc/translate';
import type {
  HolderVerdict,
  MovementCursor,
  NewAccount,
  NewNumber,
  NumberBounds,
  Payment,
  Rail,
  Verdict,
} from '~/lib/rails/rail';
import { speiText } from '~/lib/spei';

/** Fintoc's daily settlement carries this comment and no mark beside it (fintoc.com docs, daily settlement). */
const SETTLEMENT_COMMENT = /^fintoc daily settlement$/i;

/** Fintoc as a rail: what we ask for in our words, in Fintoc's. */
export const fintoc: Rail = {
  facts,

  openAccount,
  openNumber,
  setNumber: (id, status) => gateway.updateAccountNumber(id, { status }),
  boundNumber: (id, bounds) => gateway.updateAccountNumber(id, { options: optionsOf(bounds) }),
  deleteNumber: gateway.deleteAccountNumber,
  holder: gateway.getEntity,
  holders: gateway.listEntities,
  account: gateway.getAccount,
  accounts: (aside) => gateway.listAccounts({}, aside),
  numbers: (aside) => gateway.listAccountNumbers({}, aside),
  numberLimits: toLimits,

  checkDestination,
  // The numeric reference as SPEI takes it (reference/transfers-create).
  takesReference: (text) => /^[1-9]\d{0,6}$/.test(text),
  printed: speiText,
  awaitTurn: gateway.awaitTurn,
  pay,
  payOwn,
  keepsFailure: (code) => code === 'internal_server_error' || code === 'core_response',
  sendBack,
  askHolder,
  holderAsked: gateway.getVerification,
  findHolderAsked: (destination, since) =>
    gateway.listVerifications({ account_number: destination, since: since.toISOString() }),
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

async function openAccount({ walletId, asset, entityId, name, since, moveId }: NewAccount) {
  // The wallet's id, or its move's, stands in the description, so that the account can be found again without its key.
  const description = marked(name, moveId ?? walletId);
  const raw = await createOnce({
    purpose: moveId ? `move:${moveId}:account` : `wallet:${walletId}:${asset}:account`,
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

async function openNumber(asked: NewNumber) {
  const { walletId, asset, customerId, accountId, name, since, bounds, move } = asked;
  const isOurs = move !== undefined && move.use !== 'deposits';
  const ofMove = move && { move_id: move.id, move_use: move.use };
  const raw = await createOnce({
    purpose: move ? `move:${move.id}:${move.use}` : `wallet:${walletId}:${asset}:account_number`,
    path: '/v2/account_numbers',
    body: {
      account_id: accountId,
      description: isOurs ? marked(name, move.id) : name.slice(0, facts().text.description),
      // What arrives on it is of no wallet: it was credited where it came in first.
      metadata: { customer_id: customerId ?? '', wallet_id: isOurs ? '' : walletId, ...ofMove },
      ...(bounds && { options: optionsOf(bounds) }),
    },
    find: () =>
      findRaw(gateway.listAccountNumbers({ account_id: accountId }), ({ marks, metadata }) =>
        move ? metadata.move_id === move.id && metadata.move_use === move.use : marks.walletId === walletId,
      ),
    since,
  });
  return toAccountNumber(raw);
}

function optionsOf({ min, max }: NumberBounds) {
  return { min_amount: asNumber(min), max_amount: asNumber(max) };
}

function marked(name: string, id: string): string {
  return `${name.slice(0, facts().text.description - 14)} · ${id.slice(-11)}`;
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
    return notDone(error);
  }
}

async function askHolder({ destination, key }: { destination: string; key: string }): Promise<HolderVerdict> {
  try {
    return { kind: 'accepted', verification: await gateway.createVerification(destination, key) };
  } catch (error) {
    return notDone(error);
  }
}

function notDone(error: unknown): Exclude<Verdict, { kind: 'accepted' }> {
  if (!(error instanceof FintocError) || error.verdict === 'unknown') return { kind: 'unknown', error };
  const { code, message } = error;
  return { kind: 'refused', again: againOf(error), code, message };
}

/** How far Fintoc's clock may be from ours. */
const MARGIN_MS = 24 * 3_600_000;

async function payOwn(
  { since, ...payment }: Omit<Payment, 'key'> & { since: Date },
  inTurn: () => Promise<void>,
) {
  const { accountId, marks } = payment;
  const from = new Date(since.getTime() - MARGIN_MS).toISOString();
  const raw = await createOnce({
    inTurn,
    since,
    purpose: `move_payment:${marks.withdrawalId}`,
    path: '/v2/transfers',
    body: bodyOf(payment),
    find: () =>
      findRaw(
        gateway.listTransfers({ account_id: accountId, direction: 'outbound', since: from }),
        (sent) => sent.marks.withdrawalId === marks.withdrawalId,
      ),
  });
  return toTransfer(raw);
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
  const { accountId, amount, asset, name, taxId, comment, referenceId, marks } = payment;
  return {
    account_id: accountId,
    // Fintoc's amounts are JSON numbers; MAX_AMOUNT keeps ours exact there.
    amount: Number(amount),
    currency: asset,
    ...(comment && { comment }),
    ...(referenceId && { reference_id: referenceId }),
    counterparty: {
      ...accountOf(payment),
      ...(name && { holder_name: name }),
      ...(taxId && { holder_id: taxId }),
    },
    metadata: { withdrawal_id: marks.withdrawalId, wallet_id: marks.walletId },
  };
}

/** Fintoc's own words for what a number is, where it can be another thing than a CLABE (reference/transfers-create). */
const ACCOUNT_TYPES: Partial<Record<DestinationKind, string>> = { card: 'debit_card', phone: 'phone_number' };

/** Of a CLABE it knows the bank; of all else it has to be told. */
function accountOf({
  destinationKind,
  destination,
}: Pick<Payment, 'destinationKind' | 'destination'>): object {
  const { bank, number, type } = partsOf(destination);
  const said = type ? `${type}_account` : ACCOUNT_TYPES[destinationKind];
  return { account_number: number, ...(said && { account_type: said, institution_id: bank }) };
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
