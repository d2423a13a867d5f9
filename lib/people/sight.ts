import { type Actor, may } from '~/lib/actor';
import { maskClabe } from '~/lib/clabe';
import { maskedBody, maskedKyb } from '~/lib/people/masked-body';
import { HIDDEN, maskedText } from '~/lib/people/masked-text';
import { maskEmail, maskPhone, type Person, type Personal, type Sight } from '~/lib/people/masking';
import { scopeInForce } from '~/lib/scope';
import { maskTaxId } from '~/lib/tax-id';

/**
 * Who reads: whoever acts, with the people whom they revealed and for how long. Every read that answers something
 * personal takes one and answers what this one may see; lib/people/reveals.ts brings the reveals, once a request.
 */
export type Reader = Actor & { readonly reveals?: readonly RevealInForce[] };

export type RevealInForce = { id: string; subjectType: string; subjectId: string; expiresAt: Date };

/**
 * What of each noun is personal, and how it is masked. Texts that people wrote stay, with what gives itself away by its
 * form masked wherever it stands in them; names stay, as without them nobody could say where the money is.
 */
export const PERSONAL = {
  customer: { taxId: 'taxId', email: 'email', phone: 'phone', externalId: 'text' },
  entity: { holderId: 'taxId', raw: 'json' },
  onboarding: { raw: 'kyb' },
  account: { description: 'text', raw: 'json' },
  accountNumber: { description: 'text', metadata: 'json', raw: 'json' },
  wallet: { statusReason: 'text' },
  lifecycleAct: { reason: 'text' },
  walletAsset: { openingError: 'text' },
  note: { body: 'text' },
  transfer: {
    counterpartyName: 'text',
    counterpartyTaxId: 'taxId',
    counterpartyNumber: 'number',
    comment: 'text',
    // The bank's receipt shows both sides in full.
    receiptUrl: 'hidden',
    returnReason: 'text',
    errorReason: 'text',
  },
  withdrawal: {
    beneficiaryName: 'text',
    beneficiaryTaxId: 'taxId',
    destination: 'number',
    comment: 'text',
    printedName: 'text',
    printedComment: 'text',
    failureDetail: 'text',
  },
  schedule: { beneficiaryName: 'text', beneficiaryTaxId: 'taxId', destination: 'number', comment: 'text' },
  batch: { fileName: 'text', decision: 'text' },
  batchRow: { name: 'text', destination: 'number' },
  movement: { counterpartyName: 'text', counterpartyNumber: 'number', comment: 'text' },
  payoutFacts: { otherName: 'text', blocked: 'text' },
  depositRequest: { reason: 'text' },
  adjustment: { reason: 'text', decision: 'text' },
  hold: { reason: 'text' },
  holdAct: { reason: 'text' },
  beneficiary: { name: 'text', taxId: 'taxId', destination: 'number' },
  verification: {
    ...{ name: 'text', destination: 'number', holderName: 'text', holderTaxId: 'taxId', reason: 'text' },
    receiptUrl: 'hidden',
  },
  patternMove: { reason: 'text' },
  blocked: { destination: 'number', reason: 'text' },
  posting: { note: 'text' },
  approval: { subjectId: 'text', facts: 'json', reason: 'text' },
  audit: { subjectId: 'text', before: 'json', after: 'json', reason: 'text' },
  run: { error: 'text' },
  event: { lastError: 'text', headers: 'json' },
} as const satisfies Record<string, Record<string, Kind>>;

type Noun = keyof typeof PERSONAL;
type Kind = 'taxId' | 'number' | 'email' | 'phone' | 'hidden' | Open;
/** What stays the type that it is. */
type Open = 'text' | 'json' | 'kyb';

const masked = (mask: (text: string) => string) => (value: unknown) => ({ masked: mask(String(value)) });

const MASKS: Record<Kind, (value: unknown) => unknown> = {
  taxId: masked(maskTaxId),
  number: masked(maskClabe),
  email: masked(maskEmail),
  phone: masked(maskPhone),
  hidden: masked(() => HIDDEN),
  text: (value) => maskedText(String(value)),
  json: maskedBody,
  kyb: maskedKyb,
};

/** A row as its reader sees it: what is masked by a type of its own is `Personal`, texts and JSON stay what they are. */
export type Shown<Of extends Noun, Row> = {
  [Field in keyof Row]: Field extends keyof (typeof PERSONAL)[Of]
    ? (typeof PERSONAL)[Of][Field] extends Open
      ? Row[Field]
      : Personal | Extract<Row[Field], null | undefined>
    : Row[Field];
};

/** Whether a reader sees everybody's data; who doesn't finds by whole values only, not out by their beginnings. */
export function seesAll(reader: Reader): boolean {
  return may(reader, 'people:read');
}

/** Whether a reader sees this person's data now: by role or scope, or because they revealed it. Null is nobody we know. */
export function sees(reader: Reader, person: Person | null): boolean {
  return seesAll(reader) || revealOf(reader, person) !== null;
}

/** The same with what a page offers: how long they still see it, or that they may reveal it. */
export function sightOf(reader: Reader, person: Person | null): Sight {
  if (seesAll(reader)) return { seen: true, reveal: null, revealable: null };
  const standing = revealOf(reader, person);
  const reveal = standing && { id: standing.id, expiresAt: standing.expiresAt };
  const mayReveal = may(reader, 'reveals:write') && reveal === null;
  return { seen: reveal !== null, reveal, revealable: mayReveal ? person : null };
}

/**
 * A row for its reader. Lists give no person: whom somebody revealed they see on that person's own pages, and in lists
 * of everybody only who sees everybody does.
 */
export function shown<Of extends Noun, Row extends object>(
  reader: Reader,
  noun: Of,
  person: Person | null,
  row: Row,
): Shown<Of, Row> {
  if (sees(reader, person)) return row as unknown as Shown<Of, Row>;
  const fields = Object.entries<Kind>(PERSONAL[noun]).flatMap(([field, kind]): [string, unknown][] => {
    const value = (row as Record<string, unknown>)[field];
    return value === null || value === undefined ? [] : [[field, MASKS[kind](value)]];
  });
  return { ...row, ...Object.fromEntries(fields) } as unknown as Shown<Of, Row>;
}

/**
 * An account at its rail. What stands on a shared one is the whole house's: whoever sees some portfolios alone is not told
 * how much (`null`), nor what the rail said of it word for word.
 */
export function shownAccount<Row extends { isRoot: boolean; availableBalance: bigint; raw: unknown }>(
  reader: Reader,
  person: Person | null,
  { raw: _, ...row }: Row,
): ShownAccount<Row> {
  const isBeyond = row.isRoot && scopeInForce() !== null;
  const told = isBeyond ? { ...row, availableBalance: null } : row;
  return shown(reader, 'account', person, told as unknown as ToldOf<Row>);
}

export type ShownAccount<Row> = Shown<'account', ToldOf<Row>>;

type ToldOf<Row> = Omit<Row, 'availableBalance' | 'raw'> & { availableBalance: bigint | null };

/** Rows of a list, whoever they are about. */
export function shownAll<Of extends Noun, Row extends object>(
  reader: Reader,
  noun: Of,
  rows: readonly Row[],
): Shown<Of, Row>[] {
  return rows.map((row) => shown(reader, noun, null, row));
}

/** A text that stands by itself, where there is one. */
export function shownText<Text extends string | null>(
  reader: Reader,
  person: Person | null,
  text: Text,
): Text | string {
  return text === null || sees(reader, person) ? text : maskedText(text);
}

/** What was delivered, word for word: whole, or readable JSON with its personal fields masked; null for what is none. */
export function shownBody(reader: Reader, person: Person | null, body: string): string | null {
  if (sees(reader, person)) return body;
  try {
    return JSON.stringify(maskedBody(JSON.parse(body)));
  } catch {
    return null;
  }
}

function revealOf(reader: Reader, person: Person | null): RevealInForce | null {
  if (!person || !may(reader, 'reveals:write')) return null;
  const { subject, id } = person;
  const [standing] = (reader.reveals ?? []).filter(
    ({ subjectType, subjectId, expiresAt }) =>
      subjectType === subject && subjectId === id && expiresAt.getTime() > Date.now(),
  );
  return standing ?? null;
}
