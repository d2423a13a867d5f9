const REMEDIES = {
  funds: ['insufficient_balance'],
  account: ['account_not_active'],
  entity: ['entity_not_operational'],
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
  address: ['missing_allowed_cidr_blocks', 'allowed_cidr_blocks_does_not_contain_ip'],
  access: [],
  connection: [],
  none: ['rate_limit_exceeded', 'http_429'],
} as const satisfies Record<string, readonly string[]>;

type Remedy = keyof typeof REMEDIES;

/** What people can do about a refusal that may pass. */
export function remedyOf(code: string): Remedy {
  const found = Object.entries(REMEDIES).find(([, codes]) => (codes as readonly string[]).includes(code));
  if (found) return found[0] as Remedy;
  return code.startsWith('http_') ? 'connection' : 'access';
}
