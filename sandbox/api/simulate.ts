import { isValidClabe, normalizeClabe } from '~/lib/clabe';
import { requireAccountNumber } from '~/sandbox/api/account-numbers';
import { requireAccount } from '~/sandbox/api/accounts';
import { COMMENT_SIZE, readCurrency } from '~/sandbox/api/transfers';
import type { Input } from '~/sandbox/http/input';
import type { Call, Route } from '~/sandbox/http/router';
import { type Counterparty, holderOf, mexicanCounterparty, randomSender } from '~/sandbox/scenarios';
import { insertInbound } from '~/sandbox/transfers';
import { presentTransfer } from '~/sandbox/views';

export const simulateRoutes: Route[] = [
  { method: 'POST', path: '/v2/simulate/receive_transfer', handle: receiveTransfer },
];

async function receiveTransfer({ sandbox, db, input }: Call) {
  const numberId = input.text('account_number_id');
  const amount = input.amount('amount');
  const currency = readCurrency(input);
  const comment = input.optionalText('comment', COMMENT_SIZE) ?? null;
  const referenceId = input.referenceId({ leadingZeros: true }) ?? null;
  const counterparty = currency === 'CLP' ? chileanSender(input) : mexicanSender(input);
  const number = await requireAccountNumber(db, numberId);
  const account = await requireAccount(db, number.account_id);
  if (account.currency !== currency)
    throw input.refusal('mismatch_transfer_account_currency', 'currency', `must be ${account.currency}`);
  const [transfer] = await insertInbound(sandbox, db, [
    { number, currency, amount, comment, referenceId, counterparty },
  ]);
  if (!transfer) throw new Error('The transfer was not stored.');
  return { status: 201, body: presentTransfer(transfer, sandbox.baseUrl) };
}

/** The sender of a Mexican transfer. What is left out is made up; the names of the two holder fields are a guess. */
export function mexicanSender(input: Input): Counterparty {
  const given = input.optionalText('counterparty_account_number');
  const holder_id = input.optionalText('counterparty_holder_id');
  const holder_name = input.optionalText('counterparty_holder_name');
  const random = randomSender();
  if (!given)
    return {
      ...random,
      holder_id: holder_id ?? random.holder_id,
      holder_name: holder_name ?? random.holder_name,
    };
  const account_number = normalizeClabe(given);
  if (!isValidClabe(account_number))
    throw input.refusal('invalid_clabe', 'counterparty_account_number', 'is not a valid CLABE');
  const holder = holderOf(account_number);
  return mexicanCounterparty({
    account_number,
    holder_id: holder_id ?? holder.holder_id,
    holder_name: holder_name ?? holder.holder_name,
  });
}

function chileanSender(input: Input): Counterparty {
  const id = input.optionalText('counterparty_institution_id') || 'cl_banco_de_chile';
  return {
    holder_id: input.optionalText('counterparty_holder_id') ?? '11111111-1',
    holder_name: input.optionalText('counterparty_holder_name') ?? 'Camila Rojas',
    account_number: input.optionalText('counterparty_account_number') ?? '000012345678',
    account_type: input.optionalText('counterparty_account_type') ?? 'checking_account',
    institution: { id, name: id.replace(/^cl_banco_(de_)?/, ''), country: 'cl' },
  };
}
