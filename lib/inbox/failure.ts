/**
 * Why an event did not get through, as a key that the console puts into words (`inbox.failures`). Reasons are
 * kept in English for the log; the ones that we wrote ourselves are recognised here. Pure.
 */
export type Failure = {
  key:
    | 'other_mode'
    | 'amount_differs'
    | 'paid_in_part'
    | 'contradiction'
    | 'balance_changed'
    | 'unknown_currency'
    | 'unreadable'
    | 'worker_died'
    | 'unknown';
  values: Record<string, string>;
};

const REASONS: { key: Failure['key']; pattern: RegExp; names: string[] }[] = [
  {
    key: 'other_mode',
    pattern: /^The transfer is of (\w+) mode, our key of (\w+)\.$/,
    names: ['theirs', 'ours'],
  },
  { key: 'amount_differs', pattern: /^The amount differs/, names: [] },
  { key: 'paid_in_part', pattern: /^Paid in part/, names: [] },
  {
    key: 'contradiction',
    pattern: /^\w+(?: \w+)? says (\w+), but it ended as (\w+)\.$/,
    names: ['said', 'ended'],
  },
  { key: 'balance_changed', pattern: /the balance changed meanwhile|lacks funds/, names: [] },
  { key: 'unknown_currency', pattern: /unknown currency (\w+)/, names: ['currency'] },
  { key: 'worker_died', pattern: /^Its worker died (\d+) times\.$/, names: ['times'] },
  { key: 'unreadable', pattern: /"path": \[|JSON|Invalid input/, names: [] },
];

/** Null when nothing is wrong. */
export function failureOf(lastError: string | null): Failure | null {
  if (lastError === null) return null;
  for (const { key, pattern, names } of REASONS) {
    const match = pattern.exec(lastError);
    if (match) {
      return { key, values: Object.fromEntries(names.map((name, nth) => [name, match[nth + 1] ?? ''])) };
    }
  }
  return { key: 'unknown', values: {} };
}
