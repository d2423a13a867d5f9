import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CATALOGUE, EVENT_TYPES } from '~/lib/outbox/catalogue';
import { HOUSE_SUBJECTS, SUBJECTS } from '~/lib/outbox/subjects';

const lib = new URL('../', import.meta.url);

/** What lib says, but for its tests and the catalogue, where something is written down. */
const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\/|^outbox\/catalogue/.test(file))
  .map((file) => readFileSync(new URL(file, lib), 'utf8'))
  .filter((text) => /recordAudits?\(|emit\(|EventType/.test(text))
  // What the ledger tells of itself, and a payout whose last part ended.
  .concat(
    ['ledger_check_entries', 'tell_batches_over'].map((name) =>
      readFileSync(new URL(`../prisma/functions/${name}.sql`, lib), 'utf8'),
    ),
  )
  .join('\n');

/** Made of a status where they are written: how that is spelled, and the types that it comes to. */
const MADE: Record<string, string> = {
  'adjustment.${status}': 'posted declined cancelled',
  'approval.${act}': 'asked alone approved declined cancelled expired',
  'deposit.${before.kind}_${status}':
    'return_approved return_declined return_cancelled assignment_approved assignment_declined assignment_cancelled',
  'batch.${act}': 'uploaded confirmed asked approved declined cancelled expired settled',
  'schedule.${act}': 'ran refused',
  'account_number.${wanted}': 'enabled disabled',
  'webhook_endpoint.${act}': 'created changed switched_on switched_off removed secret_rotated',
  'hold.${kind}': 'released captured expired',
  'withdrawal.${status}': 'declined cancelled expired failed',
};

it('every type is emitted somewhere: spelled out, or made of a status', () => {
  const spelled = [...sources.matchAll(/'(\w+\.\w+)'/g)].map(([, type]) => type);
  const made = Object.entries(MADE).flatMap(([template, acts]) => {
    expect(sources).toContain(`\`${template}\``);
    return acts.split(' ').map((act) => template.replace(/\..*/, `.${act}`));
  });
  expect(made.filter((type) => !EVENT_TYPES.some((known) => known === type))).toEqual([]);
  const emitted = new Set([...spelled, ...made]);
  expect(EVENT_TYPES.filter((type) => !emitted.has(type))).toEqual([]);
});

it('each is about what there is, and everything that there is has something that can happen to it', () => {
  const subjects = new Set(Object.values(CATALOGUE).flatMap((facts): readonly string[] => facts.subjects));
  expect([...subjects].sort()).toEqual([...SUBJECTS].sort());
});

it('who is told of an act of asking is the house alone, but of what waits before money moves', () => {
  const asked = EVENT_TYPES.filter((type) => CATALOGUE[type].told && /_asked$|draft/.test(type));
  expect(asked).toEqual([]);
  const decided = EVENT_TYPES.filter((type) => CATALOGUE[type].told && /^approval/.test(type));
  for (const type of decided)
    expect(CATALOGUE[type].subjects.filter((subject) => !HOUSE_SUBJECTS.includes(subject))).toEqual([
      'money_approval',
    ]);
});
