import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * What a room of lib names in SQL follows the same arrows as its imports (architecture.test.ts). Each table has a room;
 * a room reads and writes its own and those below it, also by a relation, a second table of one FROM, or a function of
 * ours. The exceptions are told one by one, so that none comes unseen.
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
  ['worker', 'entrance', 'whole', 'deciding', 'overview', 'whereabouts', 'cases', 'find', 'packs'],
];

const TABLES: Record<string, string> = {
  ground: 'assets once_requests settings rate_slots worker_heartbeats queue_items last_writes',
  vault: 'data_keys',
  outbox: 'outbox_events outbox_readers',
  audit: 'audit_entries',
  approvals: 'approval_rules approvals approval_decisions approval_shadows',
  ledger:
    'ledger_accounts ledger_transactions ledger_entries ledger_sums ledger_flows ledger_folds ledger_usage_days',
  rails: 'rails fintoc_requests',
  people:
    'operators custom_roles operator_sessions sign_in_tries operator_changes access_links operator_totps passkeys recovery_codes ' +
    'factor_challenges notes saved_views reveals data_looks data_look_customers customers portfolios name_words',
  api: 'api_keys api_key_secrets api_requests api_rates',
  webhooks: 'webhook_endpoints webhook_secrets webhook_deliveries webhook_attempts',
  terms: 'wallet_terms portfolio_caps',
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
  statements: 'statements statement_chunks statement_mails statement_orders statement_order_months logos',
  packs: 'person_packs person_pack_chunks',
  notices: 'notices notice_choices notice_mails',
  cases: 'cases case_acts',
};

/** Files of no room: `whole` are those that tell of everything, the rest are ground. */
const WHOLE = ['boot', 'erase', 'erase-words', 'health', 'live', 'retention'];

/** What is read of the rooms above, by file: their tables say what stands in the way of money, or of an answer. */
const READ_ABOVE: Record<string, string> = {
  'approvals/acts': 'operators custom_roles operator_changes api_keys api_key_secrets',
  'approvals/decide': 'operator_changes api_keys api_key_secrets',
  'approvals/four-eyes': 'operators custom_roles operator_changes api_keys api_key_secrets',
  'approvals/fulfillable': 'operators',
  'approvals/read': 'operator_changes api_keys api_key_secrets',
  'audit/read': 'operators',
  'audit/sealed':
    'customers portfolios entities wallets wallet_assets transfers withdrawals beneficiaries schedules adjustments holds statements cases',
  'books/books': 'inbox_events',
  'books/explain': 'inbox_events',
  'ledger/post': 'wallets',
  'ledger/usage': 'wallets',
  'gate/absence': 'proof_states proof_movements proof_breaks',
  'gate/confirmed': 'withdrawals proof_states',
  'gate/gate': 'withdrawals blocked_beneficiaries proof_states proof_breaks chain_decisions',
  'gate/unmatched': 'proof_movements proof_exemptions',
  'people/reveals': 'transfers withdrawals',
  'standstill/caught-up': 'poll_runs sync_runs proof_states',
  'standstill/held': 'blocked_beneficiaries',
  'standstill/found': 'transfers withdrawals proof_breaks',
  'standstill/watch': 'transfers unexplained_payouts withdrawals',
  'stops/watch': 'withdrawals proof_breaks',
  'transfers/read': 'withdrawals inbox_events proof_breaks',
  'transfers/records': 'withdrawals inbox_events inbox_claims',
  'transfers/settling': 'adjustments proof_breaks',
  'transfers/unexplained': 'proof_states proof_breaks',
  'wallets/account-numbers-read': 'transfers',
  'wallets/closing': 'transfers deposit_requests schedules adjustments',
  'wallets/quarantine': 'transfers',
};

/**
 * And what is written there: why something was held back, on the withdrawal's own row; that an account is to be proven
 * now; a payout that nobody asked for, which the engine is the first to see; what was blocked before a restore; and by
 * apply_transfers, in one statement, all that a batch of events changes.
 */
const WRITTEN_ABOVE: Record<string, string> = {
  'gate/gate': 'withdrawals proof_states',
  'standstill/held': 'blocked_beneficiaries',
  'transfers/records': 'withdrawals inbox_events inbox_claims',
  'transfers/unexplained': 'proof_states proof_breaks',
};

const roomOf = new Map(
  Object.entries(TABLES).flatMap(([room, tables]) => tables.split(' ').map((table) => [table, room])),
);
const schema = fs.readFileSync(path.join(lib, '../prisma/schema.prisma'), 'utf8');
const models = new Map(
  [...schema.matchAll(/^model (\w)(\w*) \{[\s\S]*?@@map\("(\w+)"\)[\s\S]*?^\}/gm)].map(
    ([, first = '', rest = '', table = '']) => [first.toLowerCase() + rest, table],
  ),
);
/** Relations by the name of their field: the model that it leads to, where every model means the same by it. */
const relations = new Map<string, string | null>();
for (const [, , body = ''] of schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm))
  for (const [, field = '', model = ''] of body.matchAll(/^ {2}(\w+) +([A-Z]\w+)(?:\[\]|\?)?(?: |$)/gm)) {
    const table = models.get(model[0]?.toLowerCase() + model.slice(1));
    if (table) relations.set(field, relations.has(field) && relations.get(field) !== table ? null : table);
  }
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

const OF_A_RELATION = /\b(\w+): \{\s*(?:(?:select|include|orderBy|take|some|every|none):|(?:is|isNot): \{)/g;
const WRITE_SQL = 'INSERT INTO|UPDATE|DELETE FROM|TRUNCATE';
const WRITE_CALL = '(?:create|update|upsert|delete)\\w*\\(';

/** What a function of ours names, by itself and by what it calls. */
const functions = new Map(
  fs
    .readdirSync(path.join(lib, '../prisma/functions'))
    .map((file) => [
      file.replace(/\.sql$/, ''),
      fs.readFileSync(path.join(lib, '../prisma/functions', file), 'utf8').replace(/--.*$/gm, ''),
    ]),
);
function sqlOf(text: string, seen = new Set<string>()): string {
  const called = [...text.matchAll(/\b([a-z]\w*)\(/g)].flatMap(([, name = '']) => {
    const body = functions.get(name);
    if (body === undefined || seen.has(name)) return [];
    seen.add(name);
    return [sqlOf(body, seen)];
  });
  return [text, ...called].join('\n');
}

/** The first names of what stands in a FROM, one after the other. */
const LISTED = /\bFROM\s+((?:\w+(?:\s+(?:AS\s+)?\w+)?\s*,\s*)+)(\w+)/g;

function tablesIn(own: string, sql: string, call: string): Set<string> {
  const text = sqlOf(own);
  const named = [...text.matchAll(new RegExp(`\\b(?:${sql})\\s+(?:ONLY\\s+)?(\\w+)`, 'g'))].map(
    ([, name]) => name,
  );
  const asked = [...own.matchAll(new RegExp(`\\b(?:db\\(\\)|tx|client)\\s*\\.(\\w+)\\s*\\.${call}`, 'g'))];
  named.push(...asked.map(([, model = '']) => models.get(model)));
  if (sql.includes('JOIN')) {
    for (const [, list = '', last] of text.matchAll(LISTED))
      named.push(last, ...list.split(',').map((each) => each.trim().split(/\s/)[0]));
    for (const [, field = ''] of own.matchAll(OF_A_RELATION)) named.push(relations.get(field) ?? undefined);
  }
  return new Set(named.filter((name) => name !== undefined && roomOf.has(name)) as string[]);
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
