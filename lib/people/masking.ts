/**
 * Whose personal data it is: a customer's or an entity holder's, or that of the other side of one payment. Names are
 * no part of it: without them nobody could answer where the money is.
 */
export const REVEAL_SUBJECTS = ['customer', 'entity', 'transfer', 'withdrawal'] as const;
export const REVEAL_MINUTES = 15;
/** One operator's, in any 24 hours: a long shift on the telephone, and no harvest. */
export const REVEALS_A_DAY = 60;
export const REASON_MIN = 10;
export const REASON_MAX = 500;

export type Person = { subject: (typeof REVEAL_SUBJECTS)[number]; id: string };

declare const whole: unique symbol;

/**
 * Something personal as one reader may see it: whole, or its mask. Only lib/people/sight.ts makes one, so that nothing
 * comes to a screen as it stands in the database.
 */
export type Personal = (string & { readonly [whole]: true }) | Masked;
export type Masked = { readonly masked: string };

/** What a file or a form says of it: itself or its mask. */
export function textOf(value: Personal): string {
  return typeof value === 'string' ? value : value.masked;
}

/** How a reader sees one person's data, and what they may do about it. */
export type Sight = {
  seen: boolean;
  /** What lets them see it, where their role alone doesn't. */
  reveal: { id: string; expiresAt: Date } | null;
  /** Whom they may reveal; null for who sees it anyway, and for who never does. */
  revealable: Person | null;
};

/** Who stands behind an entity: its customer; one that came by sync stands for itself. */
export function holderOf({ id, customerId }: { id: string; customerId: string | null }): Person {
  return customerId ? { subject: 'customer', id: customerId } : { subject: 'entity', id };
}

/** The other side of a transfer: the beneficiary, where it pays a withdrawal of ours. */
export function counterpartyOf({
  id,
  withdrawal,
}: {
  id: string;
  withdrawal: { id: string } | null;
}): Person {
  return withdrawal ? { subject: 'withdrawal', id: withdrawal.id } : { subject: 'transfer', id };
}

/** An e-mail as it is shown to who may not see it: first letter and domain. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '•'.repeat(email.length);
  return email.slice(0, 1) + '•'.repeat(at - 1) + email.slice(at);
}

/** A phone number as it is shown to who may not see it: its last two digits. */
export function maskPhone(phone: string): string {
  return phone.slice(0, -2).replace(/\d/g, '•') + phone.slice(-2);
}
