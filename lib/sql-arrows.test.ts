import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * What a room of lib names in SQL follows the same arrows as its imports (architecture.test.ts). Each table has a room;
 * a room reads and writes its own and those below it. The exceptions are told one by one, so that none comes unseen.
 */
const lib = import.meta.dirname;

/** From below to above: as the layers of the imports. */
const ROOMS: string[][] = [
  ['ground', 'vault', 'outbox', 'audit', 'approvals', 'search', 'exports'],
  ['ledger', 'rails'],
  ['people', 'api', 'webhooks', 'terms', 'entities', 'wallets', 'standstill', 'stops'],
  ['transfers', 'gate'],
  [
    'deposits',
    'withdrawals',
    'beneficiaries',
    'batches',
    'schedules',
    'cash',
    'adjustments',
    'holds',
    'patterns',
    'movements',
    'books',
    'accounting',
  ],
  ['inbox', 'proof', 'alarms', 'statements', 'notices'],
  ['worker', 'entrance', 'whole', 'whereabouts', 'cases', 'find', 'packs'],
];

const TABLES: Record<string, string> = {
  ground: 'assets once_requests settings rate_slots worker_heartbeats queue_items',
  vault: 'data_keys',
  outbox: 'outbox_events outbox_readers',
  audit: 'audit_entries',
  approvals: 'approval_rules approvals approval_decisions approval_shadows',
  ledger:
    'ledger_accounts ledger_transactions ledger_entries ledger_sums ledger_flows ledger_folds ledger_usage_days',
  rails: 'rails fintoc_requests',
  people:
    'operators operator_sessions sign_in_tries operator_changes access_links operator_totps passkeys recovery_codes ' +
    'factor_challenges notes saved_views reveals data_looks data_look_customers customers portfolios name_words',
  api: 'api_keys api_key_secrets api_requests api_rates',
  webhooks: 'webhook_endpoints webhook_secrets webhook_deliveries webhook_attempts',
  terms: 'wallet_terms',
  entities: 'entities kyb_drafts onboardings',
  wallets: 'wallets wallet_assets accounts account_numbers lifecycle_acts pattern_moves pattern_payments',
  standstill: 'standstills',
  stops: 'payout_stops',
  transfers: 'transfers unexplained_payouts account_verifications debt_plans',
  deposits: 'deposit_requests',
  withdrawals: 'withdrawals blocked_beneficiaries',
  beneficiaries: 'beneficiaries',
  schedules: 'schedules schedule_runs',
  batches: 'withdrawal_batches withdrawal_batch_rows',
  adjustments: 'adjustments exchanges',
  holds: 'holds hold_acts',
  inbox:
    'inbox_events inbox_claims refused_deliveries inbox_conflicts inbox_hours replays poll_runs sync_runs inbox_endpoints',
  proof:
    'proof_states proof_movements retracted_movements proof_exemptions proofs proof_breaks chain_decisions chain_seals chain_states',
  alarms: 'alarms alarm_messages',
  accounting: 'accounting_rules',
  statements: 'statements statement_chunks logos',
  packs: 'person_packs person_pack_chunks',
  notices: 'notices notice_choices notice_mails',
  cases: 'cases case_acts',
};

/** Files of no room: `whole` are those that tell of everything, the rest are ground. */
const WHOLE = [
  'approvals-effects',
  'approvals-inbox',
  'approvals-registry',
  'approvals-tryout',
  'boot',
  'erase',
  'health',
  'live',
  'overview',
  'overview-setup',
];

/** What is read of the rooms above, by file: their tables say what stands in the way of money, or of an answer. */
const READ_ABOVE: Record<string, string> = {
  'approvals/read': 'operators',
  'audit/read': 'operators',
  'books/books': 'inbox_events',
  'books/explain': 'inbox_events',
  'gate/absence': 'proof_states proof_movements proof_breaks',
  'gate/confirmed': 'withdrawals proof_states',
  'gate/gate': 'withdrawals blocked_beneficiaries proof_states proof_breaks',
  'gate/unmatched': 'proof_movements proof_exemptions',
  'people/reveals': 'transfers withdrawals',
  'standstill/caught-up': 'poll_runs sync_runs proof_states',
  'standstill/held': 'blocked_beneficiaries',
  'standstill/found': 'transfers withdrawals proof_breaks',
  'standstill/watch': 'transfers unexplained_payouts withdrawals',
  'stops/watch': 'withdrawals proof_breaks',
  'transfers/read': 'inbox_events proof_breaks',
  'transfers/settling': 'adjustments proof_breaks',
  'transfers/unexplained': 'proof_states proof_breaks',
  'wallets/account-numbers': 'transfers',
  'wallets/closing': 'adjustments',
  'wallets/quarantine': 'transfers',
};

/**
 * And what is written there: why something was held back, on the withdrawal's own row; that an account is to be proven
 * now; a payout that nobody asked for, which the engine is the first to see; and what was blocked before a restore.
 */
const WRITTEN_ABOVE: Record<string, string> = {
  'gate/gate': 'withdrawals proof_states',
  'standstill/held': 'blocked_beneficiaries',
  'transfers/unexplained': 'proof_states proof_breaks',
};

const roomOf = new Map(
  Object.entries(TABLES).flatMap(([room, tables]) => tables.split(' ').map((table) => [table, room])),
);
const models = new Map(
  [
    ...fs
      .readFileSync(path.join(lib, '../prisma/schema.prisma'), 'utf8')
      .matchAll(/^model (\w)(\w*) \{[\s\S]*?@@map\("(\w+)"\)[\s\S]*?^\}/gm),
  ].map(([, first = '', rest = '', table = '']) => [first.toLowerCase() + rest, table]),
);
const files = fs
  .readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^testing\//.test(file))
  .map((file) => ({
    name: file.replace(/\.ts$/, ''),
    text: fs.readFileSync(path.join(lib, file), 'utf8'),
  }));

const height = (room: string) => ROOMS.findIndex((rooms) => rooms.includes(room));
const roomOfFile = (name: string) =>
  name.includes('/') ? (name.split('/')[0] ?? '') : WHOLE.includes(name) ? 'whole' : 'ground';

const WRITE_SQL = 'INSERT INTO|UPDATE|DELETE FROM|TRUNCATE';
const WRITE_CALL = '(?:create|update|upsert|delete)\\w*\\(';

function tablesIn(text: string, sql: string, call: string): Set<string> {
  const found = new Set<string>();
  for (const table of roomOf.keys())
    if (new RegExp(`\\b(?:${sql})\\s+(?:ONLY\\s+)?${table}\\b`).test(text)) found.add(table);
  for (const [model, table] of models)
    if (new RegExp(`\\b(?:db\\(\\)|tx|client)\\s*\\.${model}\\s*\\.${call}`).test(text)) found.add(table);
  return found;
}

/** File → the tables of the rooms above that it names, in the order of the table above. */
function above(sql: string, call: string): Record<string, string> {
  return Object.fromEntries(
    files.flatMap(({ name, text }) => {
      const named = tablesIn(text, sql, call);
      const high = [...roomOf].filter(
        ([table, room]) => named.has(table) && height(room) > height(roomOfFile(name)),
      );
      return high.length === 0 ? [] : [[name, high.map(([table]) => table).join(' ')]];
    }),
  );
}

describe('SQL', () => {
  it('knows a room for every table, and every table of a room', () => {
    expect([...roomOf.keys()].sort()).toEqual([...models.values()].sort());
    expect(files.map(({ name }) => roomOfFile(name)).filter((room) => height(room) < 0)).toEqual([]);
  });

  it('reads its own room and those below, but for what is told above', () => {
    expect(above(`FROM|JOIN|LOCK TABLE|${WRITE_SQL}`, '\\w+\\(')).toEqual(READ_ABOVE);
  });

  it('writes its own room and those below', () => {
    expect(above(WRITE_SQL, WRITE_CALL)).toEqual(WRITTEN_ABOVE);
  });
});
