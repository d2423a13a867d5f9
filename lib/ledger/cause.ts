/**
 * What causes a ledger transaction. Each step of a cause is posted once, ever: the database has a unique key over the
 * four. Pure.
 */

/** PostgreSQL takes no other. */
export const CAUSES = [
  'transfer',
  'withdrawal',
  'adjustment',
  'deposit_request',
  'hold',
  'debt_plan',
] as const;
export type CauseKind = (typeof CAUSES)[number];

export type Cause = {
  kind: CauseKind;
  /** Of the cause: the rail's own of a transfer, else a UUID. */
  id: string;
  /** For example `credit`, `hold`, `posted`. */
  step: string;
  /** Which time, of a step that the cause may go through again. */
  round?: number;
};

/** The cause of a ledger transaction as a person reads it; `ledger_cause()` in PostgreSQL writes the same. */
export function saysCause(of: { causeKind: string; causeId: string; step: string; round: number }): string {
  return [of.causeKind, of.causeId, of.step, ...(of.round > 0 ? [of.round] : [])].join(':');
}

const TYPED = new RegExp(`^(${CAUSES.join('|')}):(.+):([a-z_]+)(?::(\\d{1,4}))?$`);

/** The columns of a cause that somebody has typed or pasted as it is read; null where it is none. */
export function typedCause(text: string) {
  const [, causeKind, causeId, step, round] = TYPED.exec(text) ?? [];
  return causeKind && causeId && step ? { causeKind, causeId, step, round: Number(round ?? 0) } : null;
}

/** The id of an adjustment that caused it; null where it was something else. */
export function adjustmentIdOf({
  causeKind,
  causeId,
}: {
  causeKind: string;
  causeId: string;
}): string | null {
  return causeKind === 'adjustment' ? causeId : null;
}
