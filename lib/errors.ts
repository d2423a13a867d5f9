/**
 * The closed list of failures that an operator can meet and act on. The console puts each into words
 * (app/messages/<locale>/errors.json); anything else is a defect and crashes to the error page.
 */
export type ErrorCode =
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'conflict'
  | 'insufficient_funds'
  | 'wallet_not_open'
  | 'customer_not_open'
  | 'portfolio_frozen'
  | 'portfolio_capped'
  | 'wallet_not_empty'
  | 'wallet_owes'
  | 'wallet_in_flight'
  | 'last_asset'
  | 'customer_erased'
  | 'not_erasable'
  | 'hold_less'
  | 'number_in_use'
  | 'adjustment_waits'
  | 'house_not_covered'
  | 'credit_unconfirmed'
  | 'withdrawals_disabled'
  | 'asset_not_enabled'
  | 'asset_limit'
  | 'asset_not_paid_out'
  | 'limit_per_withdrawal'
  | 'under_minimum'
  | 'leaves_in_parts'
  | 'limit_reached'
  | 'portfolio_limit_reached'
  | 'limit_of_key'
  | 'beneficiary_blocked'
  | 'beneficiary_is_own_wallet'
  | 'not_verifiable'
  | 'verification_waits'
  | 'own_request'
  | 'own_release'
  | 'not_independent'
  | 'step_for_role'
  | 'rule_asks'
  | 'approval_waits'
  | 'operator_changed'
  | 'already_decided'
  | 'request_reused'
  | 'same_payment'
  | 'same_file'
  | 'pattern_not_movable'
  | 'decided_with_batch'
  | 'paid_already'
  | 'draft_changed'
  | 'payout_not_final'
  | 'already_retried'
  | 'not_absent_yet'
  | 'request_waits'
  | 'statements_wait'
  | 'statement_expired'
  | 'postings_unmapped'
  | 'logo_unreadable'
  | 'return_over'
  | 'deposit_moved'
  | 'loss_grew'
  | 'case_closed'
  | 'break_ended'
  | 'break_unfit'
  | 'break_covered'
  | 'standstill_not_ready'
  | 'account_not_ready'
  | 'fintoc_refused'
  | 'kyb_refused'
  | 'fintoc_unavailable'
  | 'step_up'
  | 'second_factor'
  | 'second_factor_over'
  | 'last_factor'
  | 'link_over'
  | 'too_many_tries'
  | 'too_many_reveals'
  | 'reveals_spent'
  | 'test_mode_only'
  | 'not_to_be_filled'
  | 'last_admin'
  | 'role_in_use'
  | 'beyond_scope'
  | 'scopes_unknown'
  | 'no_alarm_channel';

export type ErrorDetails = Record<string, string | number>;

/** An expected failure. `message` is for logs and API clients; the console translates `code` with `details`. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}

/** Input that doesn't fit, field by field. Each value is a key of the `invalid` messages. */
export class InvalidInputError extends DomainError {
  readonly fields: Record<string, string>;

  constructor(fields: Record<string, string>) {
    super(
      'invalid',
      `Invalid input: ${Object.entries(fields)
        .map(([field, why]) => `${field}: ${why}`)
        .join('; ')}`,
    );
    this.name = 'InvalidInputError';
    this.fields = fields;
  }
}

/** It is of the whole house, and who asked sees some portfolios alone. */
export class BeyondScope extends DomainError {
  /** What a page knows it by, which is not told its message. */
  readonly digest = 'beyond_scope';

  constructor() {
    super('beyond_scope', 'It is of the whole house.');
  }
}

export function notFound(what: string, id: string): DomainError {
  return new DomainError('not_found', `No ${what} ${id}.`, { what, id });
}
