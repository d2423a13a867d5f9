import { useTranslations } from 'next-intl';

/** A translator, from `useTranslations(…)` or `await getTranslations(…)`. */
type Words = ((key: never) => string) & { has: (key: never) => boolean };

/** An audit action in the reader's words, given the translator of `audit.actions`. An unknown one speaks for itself. */
export function actionLabel(t: Words, action: string): string {
  return labelOf(t, action, action);
}

/** The kind of a ledger transaction in the reader's words, given the translator of `kinds`. */
export function transactionLabel(t: Words, kind: string): string {
  return labelOf(t, `transaction.${kind}`, kind);
}

/** What happened, for timelines: an audit action (`withdrawal.approved`) or the kind of a ledger transaction. */
export function ActionLabel({ kind }: { kind: string }) {
  const audit = useTranslations('audit.actions');
  const kinds = useTranslations('kinds');
  return <>{kind.includes('.') ? actionLabel(audit, kind) : transactionLabel(kinds, kind)}</>;
}

function labelOf(t: Words, path: string, fallback: string): string {
  // Actions are open-ended, messages are not: types can't see that a key exists, `has` does.
  const key = path as never;
  return t.has(key) ? t(key) : fallback.replaceAll(/[._]/g, ' ');
}
