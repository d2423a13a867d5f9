import { describe, expect, test } from 'vitest';
import { remedyOf } from '~/app/(console)/withdrawals/[id]/remedy';
import { LOCALES, loadMessages } from '~/app/messages/load';

/** What Fintoc may say of a payment, of our key or of a request, as far as its documents and SDKs tell. */
const CODES = {
  key: ['authentication', 'invalid_api_key', 'expired_api_key', 'invalid_api_key_mode'],
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
  funds: ['insufficient_balance'],
  account: ['account_not_active'],
  entity: ['entity_not_operational'],
  address: ['missing_allowed_cidr_blocks', 'allowed_cidr_blocks_does_not_contain_ip'],
  access: ['forbidden_request', 'forbidden_entity', 'forbidden_account', 'product_access_required'],
  none: ['rate_limit_exceeded'],
};

const ENDINGS = [
  // No answer, or a broken one.
  ...['timeout', 'connection', 'http_408', 'http_500', 'http_502', 'http_503', 'http_504'],
  ...['internal_server_error', 'core_response', 'jws_nonce_already_used'],
  // The request.
  ...['invalid_clabe', 'invalid_holder_id', 'invalid_recipient_account', 'recipient_blocked_account'],
  // SPEI, in the words of 2026 and of 2023.
  ...['non_existing_account', 'blocked_account', 'canceled_account', 'wrong_currency', 'non_fintoc_account'],
  ...['wrong_operation_type', 'account_type_does_not_correspond', 'exceeds_account_limit'],
  ...['exceeds_account_monthly_payments_limit', 'non_registered_mobile_phone'],
  ...['missing_payment_instruction_due_to_balance_limit_reached', 'sender_client_protection_agreement'],
  ...['optional_payment_not_accepted_by_recipient_institution', 'non_existent_account'],
  ...['account_in_different_currency', 'account_does_not_belong_to_receiving_participant'],
  ...['exceeds_authorized_account_balance_limit', 'exceeds_allowed_deposit_limit_for_the_month'],
  ...['mobile_phone_line_number_not_registered', 'account_with_restriction_for_spei_payments'],
  ...['recipient_participant_has_decided_not_to_accept_payments'],
  // Chile.
  ...['recipient_institution_timeout', 'recipient_institution_unavailable', 'recipient_account_not_found'],
  ...['recipient_account_closed', 'invalid_recipient_holder_id', 'invalid_holder_id_account_relationship'],
  ...['account_type_not_enabled', 'recipient_account_disabled_for_tef', 'product_account_not_enabled'],
];

describe.each(LOCALES)('in %s', (locale) => {
  test('every reason that Fintoc documents has words of its own', async () => {
    const { kinds } = await loadMessages(locale);
    const words = Object.keys(kinds.failure);
    expect(words).toEqual(expect.arrayContaining([...Object.values(CODES).flat(), ...ENDINGS]));
  });
});

test.each(Object.entries(CODES))('what can be done about %s is told by the code', (remedy, codes) => {
  for (const code of codes) expect(remedyOf(code), code).toBe(remedy);
});

test('and what is not known is about access, or about the connection where it is no word of Fintoc’s', () => {
  expect(remedyOf('something_new')).toBe('access');
  expect(remedyOf('http_404')).toBe('connection');
});
