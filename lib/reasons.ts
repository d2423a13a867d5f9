/**
 * Why money did not go through, and what that asks of whom: the one table of SPEI's return causes (Banxico's catalogue,
 * in each of the vocabularies that docs.fintoc.com/reference/spei-codes and reference-link/spei-codes have had), TEF's
 * reasons, Fintoc's errors (the classes of its SDKs) and our own. The words are `kinds.failure`, what to do is
 * `kinds.remedy`, who is `kinds.fixer`. Pure.
 */

/** Who can change it. Whoever runs the server is an operator here: the remedy says so. */
export type Fixer = 'customer' | 'operator' | 'fintoc' | 'bank';

/**
 * same: what was asked may be asked again as it was, once the remedy is done. corrected: only with other data. later: as
 * it was, but not at once. itself: nobody asks again, it goes on without.
 */
export type Retry = 'same' | 'corrected' | 'later' | 'itself';

/** Reasons that ask the same of the same: each word with its codes, SPEI's number among them. */
function asks<const Remedy extends string, const Words extends Record<string, readonly string[]>>(
  fixer: Fixer,
  retry: Retry,
  remedy: Remedy,
  words: Words,
) {
  return { fixer, retry, remedy, words };
}

const TABLE = [
  asks('customer', 'corrected', 'check_account', {
    account_missing: ['01', 'non_existing_account', 'non_existent_account', 'recipient_account_not_found'],
    account_elsewhere: ['06', 'non_fintoc_account', 'account_does_not_belong_to_receiving_participant'],
    not_recognised: ['13'],
    clabe: ['invalid_clabe', 'invalid_recipient_account'],
    account_number: ['invalid_account_number'],
    kind_of_account: ['invalid_account_type'],
    institution: ['invalid_institution_id'],
  }),
  asks('customer', 'corrected', 'other_account', {
    account_blocked: ['02', 'blocked_account', 'recipient_blocked_account'],
    account_cancelled: ['03', 'canceled_account', 'recipient_account_closed'],
    account_currency: ['05', 'wrong_currency', 'account_in_different_currency'],
    account_type: [
      '17',
      'account_type_does_not_correspond',
      'operation_type_does_not_correspond',
      'account_type_not_enabled',
      'product_account_not_enabled',
    ],
    phone: ['22', 'non_registered_mobile_phone', 'mobile_phone_line_number_not_registered'],
    banxico_only: ['23', 'additional_account_does_not_accept_non_banxico_payments'],
    restricted: ['account_with_restriction_for_spei_payments', 'recipient_account_disabled_for_tef'],
  }),
  asks('customer', 'corrected', 'check_tax_id', {
    holder: ['invalid_holder_id', 'invalid_recipient_holder_id'],
    holder_account: ['invalid_holder_id_account_relationship'],
  }),
  asks('customer', 'later', 'limit', {
    balance_limit: ['20', 'exceeds_account_limit', 'exceeds_authorized_account_balance_limit'],
    month_limit: [
      '21',
      'exceeds_account_monthly_payments_limit',
      'exceeds_allowed_deposit_limit_for_the_month',
    ],
    dispersal: [
      '25',
      'missing_payment_instruction_due_to_balance_limit_reached',
      'missing_instruction_to_disperse_resources_due_to_balance_limit',
    ],
  }),
  asks('bank', 'corrected', 'ask_bank', {
    client_protection: [
      '26',
      'sender_client_protection_agreement',
      'resolution_from_collaboration_agreement_for_issuer_protection',
    ],
    not_accepted: [
      '27',
      'optional_payment_not_accepted_by_recipient_institution',
      'optional_payment_not_accepted_by_receiving_participant',
      'recipient_participant_has_decided_not_to_accept_payments',
    ],
  }),
  asks('bank', 'later', 'later', {
    codi: ['28', 'codi_payment_without_notification_in_reduced_time'],
    bank_away: ['recipient_institution_timeout', 'recipient_institution_unavailable'],
  }),
  asks('bank', 'same', 'no_cause', { failed: ['failed'], rejected: ['rejected'], returned: ['returned'] }),
  asks('operator', 'corrected', 'complete', {
    information_missing: ['14', 'missing_mandatory_information_to_complete_payment'],
    amount: ['invalid_amount'],
    reference: ['invalid_reference_id_size'],
    paying_currency: ['mismatch_transfer_account_currency', 'currency_mismatch'],
  }),
  asks('operator', 'corrected', 'plain_text', {
    character: ['19', 'invalid_character'],
    comment: ['invalid_comment_size'],
  }),
  asks('operator', 'same', 'again', { sender_asked: ['18'], ended_by_hand: ['ended_by_hand'] }),
  asks('operator', 'same', 'funds', {
    funds: ['insufficient_balance', 'insufficient_funds', 'payment_required', 'invalid_account_balance'],
  }),
  asks('operator', 'same', 'entity', { entity: ['entity_not_operational'] }),
  asks('operator', 'same', 'key', {
    key: ['authentication', 'invalid_api_key'],
    key_expired: ['expired_api_key'],
    key_mode: ['invalid_api_key_mode', 'not_supported_mode', 'invalid_mode'],
  }),
  asks('operator', 'same', 'signature', {
    public_key: ['missing_active_jws_public_key'],
    signature: [
      'missing_jws_signature_header',
      'invalid_jws_signature_algorithm',
      'invalid_jws_signature_header',
      'invalid_jws_signature_nonce',
    ],
  }),
  asks('operator', 'same', 'clock', {
    clock: [
      'invalid_jws_signature_timestamp',
      'invalid_jws_signature_timestamp_format',
      'invalid_jws_signature_timestamp_value',
      'invalid_jws_ts',
    ],
  }),
  asks('operator', 'same', 'address', {
    address_list: ['missing_allowed_cidr_blocks'],
    address: ['allowed_cidr_blocks_does_not_contain_ip'],
  }),
  asks('fintoc', 'same', 'account', {
    account_inactive: ['account_not_active'],
    root_account_inactive: ['root_account_not_active'],
    account_status: ['sender_blocked_account', 'invalid_account_status'],
  }),
  asks('fintoc', 'same', 'access', {
    forbidden: ['forbidden_request', 'operation_not_allowed'],
    forbidden_entity: ['forbidden_entity'],
    forbidden_account: ['forbidden_account', 'forbidden_account_number', 'forbidden_account_verification'],
    product: ['product_access_required', 'not_supported_product'],
    version: ['invalid_api_version'],
    currency: ['invalid_currency', 'not_supported_currency'],
    organization: ['organization_without_entities'],
  }),
  asks('fintoc', 'same', 'ask_fintoc', {
    payment_type: ['15', 'incorrect_payment_type'],
    operation_type: ['16', 'wrong_operation_type', 'incorrect_operation_type'],
    additional_information: ['24', 'incorrect_additional_information_structure'],
    certificate: ['31', 'issuer_certificate_expired'],
    account_unfit: ['invalid_account'],
    account_unknown: ['missing_resource'],
    numbers_used_up: ['account_number_limit_reached'],
    unknown_ending: ['unknown_ending'],
  }),
  asks('fintoc', 'same', 'again', {
    tracking_key_twice: ['30', 'duplicate_tracking_key_by_issuer_and_operation_day'],
  }),
  asks('fintoc', 'corrected', 'dashboard', { country: ['country_not_supported', 'not_supported_country'] }),
  asks('fintoc', 'itself', 'none', {
    timeout: ['timeout', 'http_408', 'http_504'],
    connection: ['connection'],
    unavailable: ['http_502', 'http_503'],
    fintoc_error: ['http_500', 'internal_server_error', 'core_response'],
    not_understood: ['unrecognized_request'],
    taken_for_twice: ['invalid_duplicated_transfer'],
    nonce: ['jws_nonce_already_used'],
    busy: ['rate_limit_exceeded', 'http_429'],
    internal: ['internal'],
    root_account: ['root_account_not_synced'],
    root_entity: ['root_entity_not_synced'],
  }),
  asks('operator', 'corrected', 'transfer_state', {
    transfer_state: ['invalid_transfer_status', 'invalid_transfer_direction'],
  }),
  // What nobody who uses the console can have typed: the request itself is made wrong.
  asks('operator', 'same', 'engineering', {
    malformed: [
      'invalid_request',
      'invalid_url',
      'invalid_params',
      'missing_parameter',
      'missing_cursor',
      'invalid_json',
      'invalid_hash',
      'invalid_array',
      'invalid_enum',
      'invalid_boolean',
      'invalid_date',
      'invalid_integer',
      'invalid_positive_integer',
      'invalid_string',
      'invalid_string_size',
      'empty_string',
    ],
  }),
  asks('operator', 'same', 'release', { standstill: ['standstill'] }),
  asks('operator', 'itself', 'kyb', { kyb: ['kyb_not_approved'] }),
  asks('operator', 'itself', 'connection', { http: [] }),
  // What nobody here knows.
  asks('fintoc', 'same', 'unknown', { other: [] }),
] as const;

type Row = (typeof TABLE)[number];
type WordsOf<R> = R extends { words: infer Words } ? keyof Words : never;
export type ReasonWord = WordsOf<Row>;
export type Remedy = Row['remedy'];

export type Reason = {
  /** Of `kinds.failure`. */
  word: ReasonWord;
  /** Every code that means it. */
  codes: readonly string[];
  /** Banxico's number of the cause, two digits, for who asks a bank; null where there is none. */
  spei: string | null;
  fixer: Fixer;
  retry: Retry;
  /** Of `kinds.remedy`. */
  remedy: Remedy;
};

export const REASONS: readonly Reason[] = TABLE.flatMap(({ words, ...asked }) =>
  Object.entries(words as Record<string, readonly string[]>).map(([word, codes]) => ({
    ...asked,
    word: word as ReasonWord,
    codes,
    spei: codes.find((code) => /^\d\d$/.test(code)) ?? null,
  })),
);

const BY_CODE = new Map(REASONS.flatMap((reason) => reason.codes.map((code) => [code, reason] as const)));

/**
 * What a code means, whoever gave it: one of Fintoc's words, a number of Banxico's catalogue (`3`, `03`, `SPEI-03`) or
 * one of ours. What nobody here knows is `other`; a status without a word of Fintoc's is `http`.
 */
export function reasonOf(code: string): Reason {
  const number = /^(?:spei[\s_-]*)?(\d{1,2})$/i.exec(code.trim())?.[1];
  return BY_CODE.get(number ? number.padStart(2, '0') : code) ?? wordOnly(statusOf(code) ? 'http' : 'other');
}

function wordOnly(word: ReasonWord): Reason {
  const reason = REASONS.find((each) => each.word === word);
  if (!reason) throw new Error(`No reason ${word}.`);
  return reason;
}

/** The status of an answer that was not Fintoc's own; null for what is no such code. */
export function statusOf(code: string): string | null {
  return /^http_(\d{3})$/.exec(code)?.[1] ?? null;
}
