import type { ErrorCode } from '~/lib/errors';

/** What was wrong with one field of the body (`pointer`, RFC 6901) or one parameter of the address or header. */
export type Fault = { pointer?: string; parameter?: string; code: string; detail: string };

type Facts = {
  status: number;
  /** Stable: what programs look at. */
  code: string;
  /** What this kind is, in a few words that never change. */
  title: string;
  /** What happened here and what to do, as a sentence. */
  detail: string;
  errors?: readonly Fault[];
  /** Members of its own. */
  extra?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
};

/** An answer that is no success, as RFC 9457 says it. */
export class Problem extends Error {
  readonly facts: Facts;

  constructor(facts: Facts) {
    super(`${facts.code}: ${facts.detail}`);
    this.name = 'Problem';
    this.facts = facts;
  }
}

/** The document: `application/problem+json`. */
export function problemBody({ status, code, title, detail, errors, extra }: Facts, requestId: string) {
  const [first] = errors ?? [];
  return {
    // Its own members never take the place of those that every problem has.
    ...extra,
    type: `urn:monedero:problem:${code}`,
    ...{ title, status, detail, code },
    ...(first?.pointer !== undefined && { pointer: first.pointer }),
    ...(first?.parameter !== undefined && { parameter: first.parameter }),
    ...(errors && { errors: [...errors] }),
    request_id: requestId,
  };
}

type Told = { status: number; title: string; detail: string };
const told = (status: number, title: string, detail: string): Told => ({ status, title, detail });
/** What no verb of the API throws: told as a conflict, with what the verb said. */
const elsewhere = told(
  409,
  'Not possible now',
  'This can’t be done as things stand. Look at it in the console.',
);

/** What each refusal of the verbs is over HTTP. */
export const REFUSALS: Record<ErrorCode, Told> = {
  forbidden: told(403, 'Not allowed', 'The key’s scopes don’t allow this. Use a key that has them.'),
  not_found: told(404, 'Not found', 'There is nothing under this id. Check it, and that it is of this mode.'),
  invalid: told(
    422,
    'Invalid',
    'Some fields don’t fit. Correct them and send it under a new Idempotency-Key.',
  ),
  conflict: told(
    409,
    'Not in this state',
    'Its state doesn’t allow this. Read it again to see where it stands.',
  ),
  insufficient_funds: told(
    422,
    'Insufficient funds',
    'The available balance is less than amount and fee. No money moved.',
  ),
  wallet_not_open: told(422, 'Wallet not open', 'The wallet has to be open for this. No money moved.'),
  customer_not_open: told(
    409,
    'Customer not open',
    'The customer is frozen or closed as a whole. That is to be ended first. No money moved.',
  ),
  portfolio_frozen: told(409, 'Portfolio frozen', 'The portfolio is frozen as a whole. Unfreeze it first.'),
  portfolio_capped: told(
    409,
    'Portfolio limited',
    'The portfolio has limits as a whole. A wallet leaves it once they are lifted.',
  ),
  wallet_not_empty: told(409, 'Wallet not empty', 'All balances have to be zero before a wallet is closed.'),
  last_asset: told(
    409,
    'Last asset',
    'It is all that the wallet holds. Give up the opening of the wallet instead.',
  ),
  wallet_owes: told(409, 'Wallet owes', 'The wallet owes for a returned deposit. That is to be paid first.'),
  wallet_in_flight: told(
    409,
    'Something under way',
    'A return, a request about a deposit, a schedule or a move of this wallet has to end first.',
  ),
  adjustment_waits: told(409, 'Adjustment waits', 'An adjustment to this wallet waits for a decision first.'),
  customer_erased: told(
    409,
    'Customer erased',
    'The data of this customer was erased for good. Register them anew.',
  ),
  not_erasable: elsewhere,
  hold_less: told(
    409,
    'Less is held',
    'The hold has less than that left. Read it again to see how much. No money moved.',
  ),
  house_not_covered: told(422, 'House not covered', 'The house has less than that to give. No money moved.'),
  credit_unconfirmed: told(
    409,
    'Credit unconfirmed',
    'The rail’s movements don’t show this money yet; usually within a minute they do. Try again then.',
  ),
  withdrawals_disabled: told(422, 'Withdrawals disabled', 'The wallet’s terms allow no withdrawals.'),
  asset_not_paid_out: told(422, 'Asset not paid out', 'Nothing is paid out in this asset yet.'),
  limit_per_withdrawal: told(422, 'Over the limit', 'The amount is over the terms’ limit per withdrawal.'),
  under_minimum: told(422, 'Under the minimum', 'The amount is under the terms’ least per withdrawal.'),
  limit_reached: told(
    422,
    'Over a limit',
    'With it the wallet passes a limit of its terms. No money moved; a later request may fit.',
  ),
  portfolio_limit_reached: told(
    422,
    'Over a limit of the portfolio',
    'With it all wallets of its portfolio together pass a limit. No money moved; a later request may fit.',
  ),
  limit_of_key: told(422, 'Over the key’s limit', 'It is more than this key may move. No money moved.'),
  beneficiary_blocked: told(422, 'Beneficiary blocked', 'Nobody may be paid at this destination.'),
  beneficiary_is_own_wallet: told(422, 'Own wallet', 'The destination is the wallet’s own account number.'),
  leaves_in_parts: told(422, 'More than one payment', 'Its network carries less at once: ask for parts.'),
  not_verifiable: told(422, 'Not verifiable', 'No rail can tell whose account this kind of destination is.'),
  verification_waits: told(
    409,
    'Verification under way',
    'That destination is being verified: wait for its end.',
  ),
  already_decided: told(409, 'Already decided', 'Somebody decided on it already. Read it again to see how.'),
  request_reused: told(409, 'Request reused', 'Something else was asked under this Idempotency-Key before.'),
  same_payment: told(
    409,
    'Same payment',
    'The same amount went from this wallet to this destination within 24 hours. Send its id as accepted_twin for another one.',
  ),
  same_file: elsewhere,
  pattern_not_movable: elsewhere,
  decided_with_batch: told(
    409,
    'Decided with its batch',
    'It came with a file of withdrawals, which is decided on as a whole.',
  ),
  return_over: told(422, 'Too late to return', 'The time to return this deposit is over.'),
  deposit_moved: told(
    409,
    'Deposit moved',
    'The wallet has moved to another account since, and the money with it. Send it with a withdrawal.',
  ),
  paid_already: told(
    409,
    'Paid already',
    'This was paid before the books were restored from a backup. Don’t send it again: it is decided in the console.',
  ),
  account_not_ready: told(
    409,
    'Account not ready',
    'The wallet has no account on its rail yet. Wait until it is open.',
  ),
  statements_wait: told(
    409,
    'Too many wait',
    'That many statements of this key wait to be made. Ask for the next one once some are ready.',
  ),
  statement_expired: told(410, 'Expired', 'The file was deleted. Ask for the statement again.'),
  logo_unreadable: elsewhere,
  postings_unmapped: told(
    409,
    'Postings without an account',
    'Something that was booked in these days has no account in your accounting. Give it one in Settings.',
  ),
  request_waits: told(409, 'Request waits', 'A request about this deposit waits for a decision.'),
  fintoc_refused: told(422, 'Refused by the rail', 'The rail refused it. No money moved.'),
  fintoc_unavailable: told(
    503,
    'Rail unavailable',
    'The rail gave no answer. Send the same again under the same Idempotency-Key.',
  ),
  test_mode_only: told(403, 'Test mode only', 'This exists in test mode alone.'),
  own_request: elsewhere,
  own_release: elsewhere,
  not_independent: elsewhere,
  step_for_role: elsewhere,
  rule_asks: told(
    409,
    'Waits for approval',
    'A rule has somebody decide on this. It is done once they approve it: follow it by its approval_id.',
  ),
  approval_waits: told(
    409,
    'Waits already',
    'This was asked for before, and waits for somebody to decide: follow it by its approval_id.',
  ),
  operator_changed: elsewhere,
  draft_changed: elsewhere,
  case_closed: elsewhere,
  asset_not_enabled: told(422, 'Asset not enabled', 'The asset isn’t enabled here. No money moved.'),
  asset_limit: told(
    422,
    'Over the asset’s limit',
    'It is more than one act may move in this asset. No money moved.',
  ),
  payout_not_final: elsewhere,
  already_retried: elsewhere,
  not_absent_yet: elsewhere,
  loss_grew: elsewhere,
  break_ended: elsewhere,
  break_unfit: elsewhere,
  break_covered: elsewhere,
  standstill_not_ready: elsewhere,
  kyb_refused: elsewhere,
  step_up: elsewhere,
  second_factor: elsewhere,
  second_factor_over: elsewhere,
  last_factor: elsewhere,
  link_over: elsewhere,
  too_many_tries: elsewhere,
  too_many_reveals: elsewhere,
  reveals_spent: elsewhere,
  last_admin: elsewhere,
  role_in_use: elsewhere,
  beyond_scope: told(
    403,
    'Beyond the key’s scope',
    'This is of the whole house, and the key is of some portfolios alone.',
  ),
  scopes_unknown: elsewhere,
  number_in_use: elsewhere,
  no_alarm_channel: elsewhere,
  not_to_be_filled: elsewhere,
};
