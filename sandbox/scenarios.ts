import { createHash, randomInt } from 'node:crypto';
import { clabeBank } from '~/lib/clabe-bank';
import type { FailedOutcome } from '~/sandbox/config';
import type { Step } from '~/sandbox/lifecycle';

/** A step that a transfer will take by itself, and why. */
export interface PlannedStep {
  step: Step;
  reason?: string;
}

export interface Counterparty {
  holder_id: string | null;
  holder_name: string | null;
  account_number: string;
  account_type: string;
  institution: { id: string; name: string; country: string } | null;
}

/** Fintoc documents the first one; the others are ours, in the same series, because its pages stop there. */
export const MAGIC_CLABES = {
  insufficientFunds: '012969100000000013',
  nonExistingAccount: '012969100000000039',
  returnedLate: '012969100000000042',
} as const;

/** Why Fintoc's transfers of Chile fail: its page on failure reasons. Each is an account of ours, `90000000001` and on. */
export const TEF_FAILURES = [
  'recipient_institution_timeout',
  'recipient_institution_unavailable',
  'invalid_recipient_account',
  'recipient_account_not_found',
  'recipient_account_closed',
  'invalid_recipient_holder_id',
  'invalid_holder_id_account_relationship',
  'account_type_not_enabled',
  'recipient_account_disabled_for_tef',
  'product_account_not_enabled',
] as const;

/** Returning an inbound transfer of exactly this amount fails ($666.66). Fintoc has such an amount; which is unknown. */
export const RETURN_FAILS_AMOUNT = 66_666n;

const OUTCOME_STEP: Record<FailedOutcome, Step> = { failed: 'fail', rejected: 'reject', returned: 'return' };

/** How an outbound transfer to that number will go. */
export function outboundPlan(accountNumber: string, insufficientFunds: FailedOutcome): PlannedStep[] {
  const failure = /^900000000(\d\d)$/.exec(accountNumber)?.[1];
  const reason = failure && TEF_FAILURES[Number(failure) - 1];
  if (reason) return [{ step: 'fail', reason }];
  switch (accountNumber) {
    case MAGIC_CLABES.insufficientFunds:
      return [{ step: OUTCOME_STEP[insufficientFunds], reason: 'exceeds_account_limit' }];
    case MAGIC_CLABES.nonExistingAccount:
      return [{ step: 'return', reason: 'non_existing_account' }];
    case MAGIC_CLABES.returnedLate:
      return [{ step: 'settle' }, { step: 'return', reason: 'blocked_account' }];
    default:
      return [{ step: 'settle' }];
  }
}

/** How the return of an inbound transfer will go. */
export function returnPlan(amount: bigint): PlannedStep[] {
  return [{ step: amount === RETURN_FAILS_AMOUNT ? 'fail' : 'settle' }];
}

const SENDERS = [
  { holder_name: 'Adrianne Murray', account_number: '631969456789123456' },
  { holder_name: 'Carson Runolfsson', account_number: '723969738291465733' },
  { holder_name: 'Dede Kuhlman', account_number: '110969987654321988' },
];

/** One of the senders that Fintoc's test mode uses when none is given, with a random RFC. */
export function randomSender(): Counterparty {
  const sender = SENDERS[randomInt(SENDERS.length)] ?? { holder_name: 'Adrianne Murray', account_number: '' };
  return mexicanCounterparty({ ...sender, holder_id: randomRfc() });
}

/** A counterparty known by its CLABE: the institution follows from it, whatever the request said. */
export function mexicanCounterparty(known: {
  account_number: string;
  holder_id?: string | null;
  holder_name?: string | null;
}): Counterparty {
  return {
    holder_id: known.holder_id ?? null,
    holder_name: known.holder_name ?? null,
    account_number: known.account_number,
    account_type: 'clabe',
    institution: mexicanInstitution(known.account_number),
  };
}

// Banxico's SPEI codes are the bank's three digits behind 40 (banks), 37 (development banks) or 90 (the others).
const DEVELOPMENT_BANKS = new Set(['006', '009', '019', '135', '166', '168']);
const RECORDED_NAMES: Record<string, string> = { '735': 'FINTOC', '631': 'CI BOLSA', '110': 'JP MORGAN' };

function mexicanInstitution(clabe: string) {
  const code = clabe.slice(0, 3);
  const family = DEVELOPMENT_BANKS.has(code) ? '37' : Number(code) >= 600 ? '90' : '40';
  const name = RECORDED_NAMES[code] ?? clabeBank(clabe)?.name ?? 'Unknown';
  return { id: `${family}${code}`, name, country: 'mx' };
}

const HOLDERS = [
  'Ximena Robles',
  'Mateo Ibarra',
  'Lucía Peña',
  'Emiliano Cantú',
  'Renata Ñáñez',
  'Diego Solís',
];

/** Who a CLABE belongs to, as the bank would say: made up, and always the same for the same number. */
export function holderOf(clabe: string): { holder_id: string; holder_name: string } {
  const digest = createHash('sha256').update(clabe).digest();
  return {
    holder_id: rfcFrom((n) => (digest[n] ?? 0) / 256),
    holder_name: HOLDERS[(digest[31] ?? 0) % HOLDERS.length] ?? 'Ximena Robles',
  };
}

function randomRfc(): string {
  return rfcFrom(() => Math.random());
}

function rfcFrom(random: (n: number) => number): string {
  const pick = (alphabet: string, n: number) => alphabet[Math.floor(random(n) * alphabet.length)];
  const letters = [0, 1, 2, 3].map((n) => pick('ABCDEFGHIJLMNOPRSTUVXZ', n)).join('');
  const two = (n: number, from: number, span: number) =>
    String(from + Math.floor(random(n) * span)).padStart(2, '0');
  const homoclave = [7, 8, 9].map((n) => pick('123456789ABCDEFGH', n)).join('');
  return `${letters}${two(4, 55, 44)}${two(5, 1, 12)}${two(6, 1, 28)}${homoclave}`;
}
