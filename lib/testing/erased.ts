/*
 * What becomes of each column that can hold a text once a customer is erased, and why what stays does. A line is a table and
 * its columns; ids of ours (uuid), enums, times and numbers say nothing of anybody.
 */

const columns = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const [table = '', names = ''] = line.split(': ');
    return names.split(' ').map((name) => `${table}.${name}`);
  });

/** Written by people of a customer, in so many words: `erase_texts` puts a sentence in its place. */
export const WRITTEN = columns([
  // Those on the customer are sealed besides, and go with the key.
  'notes: body',
  ...['reveals: reason', 'data_looks: reason', 'person_packs: reason', 'case_acts: note'],
  ...['lifecycle_acts: reason', 'holds: reason', 'hold_acts: reason', 'debt_plans: reason'],
  ...['pattern_moves: reason', 'deposit_requests: reason', 'approvals: reason', 'approval_decisions: reason'],
]);

export const ERASED: Record<string, string[]> = {
  'by a sentence in its place': WRITTEN,
  'with their key': columns([
    ...['customers: tax_id email phone', 'onboardings: raw', 'kyb_drafts: answers'],
    // Of what is about one customer.
    'audit_entries: before after reason',
  ]),
  'by erase-words, which empties or overwrites it': columns([
    'customers: name search_text external_id request_id tax_id_hash email_hash phone_hash',
    ...['wallets: name status_reason search_text', 'portfolios: name'],
    ...['entities: holder_name holder_id raw search_text', 'accounts: description raw'],
    'account_numbers: description metadata raw search_text',
    // Those that look for them.
    'saved_views: name query',
    ...['once_requests: content_hash', 'fintoc_requests: purpose body response'],
    // What Fintoc said of a KYB; what it said of payments stays.
    ...['inbox_events: body', 'inbox_conflicts: body'],
    ...['webhook_deliveries: body', 'webhook_attempts: response_body'],
    ...['statements: file_name', 'statement_chunks: bytes', 'person_pack_chunks: bytes'],
    ...['statement_mails: address', 'statement_orders: addresses'],
  ]),
};

export const KEPT: Record<string, string[]> = {
  'it is the record of a payment: who paid what to whom, and in which words': columns([
    'transfers: account_number counterparty_name counterparty_tax_id counterparty_number counterparty_bank tracking_key',
    'transfers: reference_id comment receipt_url return_reason error_reason search_text',
    'withdrawals: beneficiary_name beneficiary_tax_id destination beneficiary_bank comment reference_id printed_name',
    'withdrawals: printed_comment failure_detail search_text',
    'schedules: destination beneficiary_name beneficiary_tax_id beneficiary_bank comment reference_id',
    'withdrawal_batches: file_name file_hash decision',
    'withdrawal_batch_rows: cells faults destination name bank refusal_details',
    ...['pattern_payments: destination', 'retracted_movements: facts'],
    ...['accounts: root_account_number', 'account_numbers: number'],
    // The payment that somebody asks about.
    'cases: tracking_key sending_bank receiving_bank beneficiary_account',
    'case_acts: facts',
  ]),
  'it is of the other side, whom nobody asked to erase': columns([
    'beneficiaries: name tax_id destination bank',
    'account_verifications: destination name holder_name holder_tax_id reason receipt_url',
  ]),
  'a booking says why it was made, and the chain is over it': columns([
    ...['ledger_transactions: note', 'adjustments: reason decision search_text'],
  ]),
  'it is what was decided on, in amounts, states and destinations': columns(['approvals: facts']),
  'it says why nobody is paid, or nothing leaves': columns([
    ...['blocked_beneficiaries: destination reason', 'payout_stops: reason facts', 'standstills: facts'],
  ]),
  'it goes by itself, within ninety days': columns([
    ...['api_requests: request_hash body', 'refused_deliveries: headers body'],
  ]),
  'it is a word that customers share, of which none says whose it is': columns(['name_words: word']),
  'it is of who works here': columns([
    ...['operators: email name password_hash locale time_zone', 'operator_sessions: ip user_agent'],
    ...['passkeys: credential_id public_key transports name', 'operator_totps: secret'],
    ...[
      'recovery_codes: code_hash',
      'factor_challenges: hash',
      'sign_in_tries: key',
      'access_links: token_hash',
    ],
    ...['audit_entries: actor_id actor_name ip user_agent', 'data_looks: actor_name ip user_agent'],
    ...['approvals: asked_by_name', 'approval_decisions: operator_name', 'lifecycle_acts: actor_name'],
    ...['holds: placed_by_name', 'hold_acts: actor_name', 'case_acts: operator_name'],
    'webhook_endpoints: made_by_name',
  ]),
};

/** Ids, codes, states, hashes and what the house set for all. */
export const NOBODYS = columns([
  ...['custom_roles: name permissions', 'factor_challenges: purpose', 'access_links: kind'],
  ...['audit_entries: actor_kind action subject_type subject_id', 'once_requests: id act asked_by made_id'],
  ...['saved_views: path', 'notes: subject_type subject_id', 'reveals: subject_type subject_id'],
  ...['settings: key value', 'approval_rules: action rule name conditions steps'],
  'approval_shadows: action rule subject_type subject_id asset',
  'approvals: action subject_type subject_id steps fired',
  ...['data_looks: way about actor_kind', 'operator_changes: what'],
  ...['api_keys: name mode scopes limits addresses version', 'api_key_secrets: hash shown'],
  ...[
    'api_requests: idempotency_key',
    'customers: country tax_id_kind',
    'data_keys: owner master_key wrapped',
  ],
  ...['portfolio_caps: asset', 'assets: code kind network contract', 'rails: name'],
  'wallet_terms: name asset deposit_rails_off withdrawal_rails_off eligible_countries',
  'wallets: house_role frozen_deposits frozen_direction closed_by request_id',
  'lifecycle_acts: subject_type act direction deposits closed_by actor_kind',
  'wallet_assets: asset rail entity_id account_id account_number_id opening_error request_id',
  'pattern_moves: asset from_account_id from_number_id to_entity_id to_account_id to_number_id arrival_number_id',
  'pattern_moves: back_number_id waits_for',
  'pattern_payments: asset from_account_id to_account_id to_number_id held_reason failure_code transfer_id arrival_id',
  ...['entities: id rail country_code status mode', 'kyb_drafts: entity_id part editor'],
  ...['onboardings: id entity_id status', 'accounts: id rail entity_id asset status mode'],
  ...['account_numbers: id rail account_id status mode', 'fintoc_requests: idempotency_key path state error'],
  ...['sync_runs: counts error', 'poll_runs: rail error'],
  'transfers: id rail status asset account_id account_number_id purpose suspense_reason origin mode',
  'withdrawals: account_id asset request_id request_hash held_reason failure_code transfer_id',
  ...['withdrawal_batches: asset', 'withdrawal_batch_rows: refusal steps fired'],
  ...[
    'unexplained_payouts: transfer_id reason explained_as',
    'adjustments: account_id asset request_id break_id',
  ],
  ...[
    'exchanges: from_asset to_asset rate',
    'holds: asset',
    'debt_plans: asset every',
    'hold_acts: actor_kind',
  ],
  ...[
    'deposit_requests: transfer_id',
    'account_verifications: account_id asset held_reason rail_id transfer_id',
  ],
  ...['schedules: asset time_zone', 'schedule_runs: refusal', 'payout_stops: account_id'],
  'inbox_events: id rail type object_id mode origin headers last_error verified_by',
  ...['inbox_claims: event_ids object_ids', 'refused_deliveries: reason secrets'],
  ...[
    'inbox_conflicts: event_id body_hash headers verified_by',
    'inbox_endpoints: id rail url encrypted_secret',
  ],
  ...[
    'cases: subject_type subject_id asset',
    'alarms: kind subject path',
    'alarm_messages: event channel body error',
  ],
  ...['notice_choices: kind', 'notices: kind detail subject_kind subject_id path', 'notice_mails: error'],
  ...['outbox_events: type subject_kind subject_id actor_kind actor_id data', 'outbox_readers: name'],
  'webhook_endpoints: name url patterns scopes version state off_reason made_by_kind',
  ...['webhook_secrets: encrypted shown', 'webhook_deliveries: type subject_kind subject_id state'],
  'webhook_attempts: request_headers error response_headers',
  ...['queue_items: queue item', 'worker_heartbeats: id', 'rate_slots: key'],
  ...['ledger_accounts: code asset bucket owner_id', 'accounting_rules: accounts exceptions'],
  'ledger_transactions: cause_kind cause_id step kind transfer_id event_id used_asset',
  ...['ledger_entries: asset kind', 'ledger_usage_days: asset', 'ledger_sums: clock span class asset'],
  ...['ledger_flows: class asset owner_id kind', 'proof_states: account_id proven_movement_id error'],
  ...['proof_movements: id account_id asset kind resource_id pair_id', 'retracted_movements: id account_id'],
  ...['proof_exemptions: account_id movement_id', 'proofs: account_id from_movement_id to_movement_id'],
  'proof_breaks: account_id asset subject movement_id transfer_id event_id',
  ...[
    'chain_decisions: decision request_hash',
    'chain_seals: kind hashes previous hash',
    'chain_states: kind',
  ],
  ...['statements: asset time_zone locale asked_by_kind sha256 failure', 'statement_mails: error'],
  ...[
    'statement_orders: locale time_zone ended_why',
    'person_packs: state sha256 failure',
    'logos: sha256 png',
  ],
]);
