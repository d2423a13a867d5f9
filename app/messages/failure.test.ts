import { describe, expect, test } from 'vitest';
import { LOCALES, loadMessages } from '~/app/messages/load';
import { REASONS, reasonOf } from '~/lib/reasons';

/** SPEI's return causes by Banxico's numbers, in the words of 2026, of 2023 and of the rejections before. */
const SPEI: Record<string, string[]> = {
  '01': ['non_existing_account', 'non_existent_account'],
  '02': ['blocked_account'],
  '03': ['canceled_account'],
  '05': ['wrong_currency', 'account_in_different_currency'],
  '06': ['non_fintoc_account', 'account_does_not_belong_to_receiving_participant'],
  '13': [],
  '14': ['missing_mandatory_information_to_complete_payment'],
  '15': ['incorrect_payment_type'],
  '16': ['wrong_operation_type', 'incorrect_operation_type'],
  '17': ['account_type_does_not_correspond', 'operation_type_does_not_correspond'],
  '18': [],
  '19': ['invalid_character'],
  '20': ['exceeds_account_limit', 'exceeds_authorized_account_balance_limit'],
  '21': ['exceeds_account_monthly_payments_limit', 'exceeds_allowed_deposit_limit_for_the_month'],
  '22': ['non_registered_mobile_phone', 'mobile_phone_line_number_not_registered'],
  '23': ['additional_account_does_not_accept_non_banxico_payments'],
  '24': ['incorrect_additional_information_structure'],
  '25': [
    'missing_payment_instruction_due_to_balance_limit_reached',
    'missing_instruction_to_disperse_resources_due_to_balance_limit',
  ],
  '26': [
    'sender_client_protection_agreement',
    'resolution_from_collaboration_agreement_for_issuer_protection',
  ],
  '27': [
    'optional_payment_not_accepted_by_recipient_institution',
    'optional_payment_not_accepted_by_receiving_participant',
  ],
  '28': ['codi_payment_without_notification_in_reduced_time'],
  '30': ['duplicate_tracking_key_by_issuer_and_operation_day'],
  '31': ['issuer_certificate_expired'],
};

/** What Fintoc may say of a payment, of our key or of a request besides, as far as its documents and SDKs tell. */
const CODES = {
  key: ['authentication', 'invalid_api_key', 'expired_api_key', 'invalid_api_key_mode', 'not_supported_mode'],
  signature: [
    'missing_active_jws_public_key',
    'missing_jws_signature_header',
    'invalid_jws_signature_algorithm',
    'invalid_jws_signature_header',
    'invalid_jws_signature_nonce',
  ],
  clock: [
    'invalid_jws_signature_timestamp',
    'invalid_jws_signature_timestamp_format',
    'invalid_jws_signature_timestamp_value',
    'invalid_jws_ts',
  ],
  funds: ['insufficient_balance', 'insufficient_funds'],
  account: ['account_not_active'],
  entity: ['entity_not_operational'],
  address: ['missing_allowed_cidr_blocks', 'allowed_cidr_blocks_does_not_contain_ip'],
  access: [
    ...['forbidden_request', 'forbidden_entity', 'forbidden_account', 'product_access_required'],
    ...['operation_not_allowed', 'not_supported_currency', 'organization_without_entities'],
  ],
  transfer_state: ['invalid_transfer_status', 'invalid_transfer_direction'],
  engineering: ['invalid_request', 'missing_parameter', 'invalid_json', 'invalid_string_size', 'invalid_url'],
  none: [
    ...['timeout', 'connection', 'http_408', 'http_429', 'http_500', 'http_502', 'http_503', 'http_504'],
    ...['internal_server_error', 'core_response', 'jws_nonce_already_used', 'rate_limit_exceeded'],
  ],
  check_account: ['invalid_clabe', 'invalid_recipient_account', 'recipient_account_not_found'],
  check_tax_id: [
    'invalid_holder_id',
    'invalid_recipient_holder_id',
    'invalid_holder_id_account_relationship',
  ],
  other_account: [
    ...['recipient_blocked_account', 'recipient_account_closed', 'account_type_not_enabled'],
    ...['recipient_account_disabled_for_tef', 'product_account_not_enabled'],
    'account_with_restriction_for_spei_payments',
  ],
  later: ['recipient_institution_timeout', 'recipient_institution_unavailable'],
  ask_bank: ['recipient_participant_has_decided_not_to_accept_payments'],
};

describe.each(LOCALES)('in %s', (locale) => {
  test('every reason has words, what to do and who does it, and there are no others', async () => {
    const { kinds } = await loadMessages(locale);
    const unique = (words: string[]) => [...new Set(words)].sort();
    expect(Object.keys(kinds.failure).sort()).toEqual(unique(REASONS.map(({ word }) => word)));
    expect(Object.keys(kinds.remedy).sort()).toEqual(unique(REASONS.map(({ remedy }) => remedy)));
    expect(Object.keys(kinds.fixer).sort()).toEqual(unique(REASONS.map(({ fixer }) => fixer)));
  });
});

test.each(Object.entries(SPEI))(
  'cause %s of Banxico’s catalogue is one reason in all its words',
  (number, codes) => {
    const reason = reasonOf(number);
    expect(reason.spei).toBe(number);
    for (const code of [...codes, `SPEI-${number}`, String(Number(number))])
      expect(reasonOf(code), code).toBe(reason);
  },
);

test.each(Object.entries(CODES))('what can be done about %s is told by the code', (remedy, codes) => {
  for (const code of codes) expect(reasonOf(code).remedy, code).toBe(remedy);
});

test('no code means two things', () => {
  const codes = REASONS.flatMap((reason) => reason.codes);
  expect(new Set(codes).size).toBe(codes.length);
});

test('what a customer or a bank can change is asked for again with other data or later, never as it was', () => {
  for (const { word, fixer, retry } of REASONS)
    if (fixer === 'customer') expect(['corrected', 'later'], word).toContain(retry);
});

test('what is not known is shown as it came, or is the connection’s where it is no word of Fintoc’s', () => {
  for (const code of ['something_new', '99', '', 'toString', 'http_4'])
    expect(reasonOf(code).word, code).toBe('other');
  expect(reasonOf('http_404')).toMatchObject({ word: 'http', remedy: 'connection' });
});
