import type { Queryable, Tx } from '~/lib/db';
import { dataKeyOf, type KeyOwner, openTexts, type SealedText, sealingKeyOf } from '~/lib/vault/data-keys';
import { type DataKey, keyIdOf, type Place, sealText } from '~/lib/vault/sealed';

/**
 * What the log keeps sealed for good, by whom it is about: the log is never changed, so who is erased goes with their key.
 * Sealed for the column that it stands in besides.
 */
export const SEALED_IN_AUDIT = {
  customer: {
    name: 'customers.name',
    taxId: 'customers.tax_id',
    email: 'customers.email',
    phone: 'customers.phone',
    /** Of a note. */
    body: 'customers.note',
  },
} as const;

/** What comes here sealed already, as its row has it. */
const ACTS: readonly string[] = ['customer.created', 'customer.changed', 'note.added'];

/** What people write, or call things, by the name that it has in what is noted. The reason stands beside it. */
const WRITTEN = ['name', 'reason', 'note', 'body', 'decision', 'statusReason', 'holderName'] as const;

/** What may be about a customer (customers_behind). */
const ABOUT: ReadonlySet<string> = new Set([
  ...['customer', 'portfolio', 'wallet', 'account_number', 'entity', 'beneficiary', 'case', 'statement'],
  ...['transfer', 'withdrawal', 'hold', 'schedule', 'adjustment', 'approval', 'money_approval'],
]);

type Side = object | null | undefined;
type Noted = { action: string; subject: string; id: string; before?: Side; after?: Side; reason?: string };

/**
 * Facts as the log keeps them: of what is about one customer, what people wrote is sealed under that one's key. What is about
 * two is of neither alone, and stays readable, as their booking does.
 */
export async function sealedFacts<Facts extends Noted>(tx: Tx, all: readonly Facts[]): Promise<Facts[]> {
  const written = all.filter((facts) => textsIn(facts).length > 0);
  if (written.length === 0) return [...all];
  const owners = await ownersOf(tx, written);
  const keys = new Map<string, DataKey>();
  for (const owner of new Set(owners.values()))
    keys.set(owner, (await dataKeyOf(tx, owner)) ?? (await sealingKeyOf(tx, 'house')));
  const sealed: Facts[] = [];
  for (const facts of all) {
    const key = keys.get(owners.get(facts) ?? '');
    // Of nobody's, what only looks sealed would not open.
    const isLike = textsIn(facts).some(([, text]) => keyIdOf(text) !== null);
    const own = key ?? (isLike ? await sealingKeyOf(tx, 'house') : null);
    sealed.push(own ? sealedUnder(own, facts) : facts);
  }
  return sealed;
}

function textsIn({ action, subject, before, after, reason }: Noted): [string, string][] {
  const isSealed = ACTS.includes(action) && subject in SEALED_IN_AUDIT;
  const sides = isSealed ? [] : [before, after].filter(isFacts).flatMap(Object.entries);
  return [...sides, ['reason', reason] as const].flatMap(([name, text]): [string, string][] =>
    isWritten(name) && typeof text === 'string' && text !== '' ? [[name, text]] : [],
  );
}

const isWritten = (name: string) => WRITTEN.some((each) => each === name);

/** The customer whom each is about, where that is one. */
async function ownersOf<Facts extends Noted>(tx: Tx, all: readonly Facts[]): Promise<Map<Facts, KeyOwner>> {
  const asked = all.filter(({ subject }) => ABOUT.has(subject));
  if (asked.length === 0) return new Map();
  const kinds = asked.map(({ subject }) => subject);
  const ids = asked.map(({ id }) => id);
  const rows = await tx.$queryRaw<{ nth: number; customerId: string }[]>`
    SELECT s.nth::int AS nth, min(c.id::text) AS "customerId"
    FROM unnest(${kinds}::text[], ${ids}::text[]) WITH ORDINALITY s(kind, id, nth)
    CROSS JOIN LATERAL customers_behind(s.kind, s.id) c(id)
    GROUP BY s.nth HAVING count(*) = 1`;
  return new Map(
    rows.flatMap(({ nth, customerId }): [Facts, KeyOwner][] => {
      const facts = asked[nth - 1];
      return facts ? [[facts, `customer:${customerId}`]] : [];
    }),
  );
}

const columnOf = (name: string): Place['column'] => `audit_entries.${name}`;

/** The same text on both sides is sealed once, so that it is seen to be the same. */
function sealedUnder<Facts extends Noted>(key: DataKey, facts: Facts): Facts {
  const sealed = new Map<string, string>();
  for (const [name, text] of textsIn(facts))
    if (!sealed.has(`${name}\0${text}`))
      sealed.set(`${name}\0${text}`, sealText(key, { column: columnOf(name), row: facts.id }, text));
  const of = (name: string, value: unknown) => sealed.get(`${name}\0${String(value)}`) ?? value;
  const side = (value: Side) =>
    isFacts(value)
      ? Object.fromEntries(Object.entries(value).map(([name, fact]) => [name, of(name, fact)]))
      : value;
  const { before, after, reason } = facts;
  return { ...facts, before: side(before), after: side(after), reason: of('reason', reason) } as Facts;
}

type Sides = {
  action: string;
  subjectType: string;
  subjectId: string;
  before: unknown;
  after: unknown;
  reason: string | null;
};

/** Entries with what is sealed in them opened; what nobody can open any more is null. */
export async function openedEntries<Entry extends Sides>(
  client: Queryable,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const sealed = entries.flatMap(sealedIn);
  const texts = await openTexts(client, sealed);
  const opened = new Map<unknown, string | null>(sealed.map(({ text }, nth) => [text, texts[nth] ?? null]));
  const plain = (fact: unknown) => (opened.has(fact) ? opened.get(fact) : fact);
  const side = (value: unknown) =>
    isFacts(value)
      ? Object.fromEntries(Object.entries(value).map(([name, fact]) => [name, plain(fact)]))
      : value;
  return entries.map((entry) => ({
    ...entry,
    ...{ before: side(entry.before), after: side(entry.after), reason: plain(entry.reason) },
  }));
}

/** What people gave as their reasons, of acts on one thing. */
export async function openedReasons<Row extends { reason: string | null }>(
  client: Queryable,
  subjectId: string,
  rows: readonly Row[],
): Promise<Row[]> {
  const of = { action: '', subjectType: '', subjectId, before: null, after: null };
  const entries = rows.map(({ reason }) => ({ ...of, reason }));
  const opened = await openedEntries(client, entries);
  return rows.map((row, nth) => ({ ...row, reason: opened[nth]?.reason ?? null }));
}

function sealedIn({ action, subjectType, subjectId, before, after, reason }: Sides): SealedText[] {
  const own = ACTS.includes(action)
    ? Object.entries(SEALED_IN_AUDIT).find(([type]) => type === subjectType)?.[1]
    : undefined;
  const columns: Record<string, Place['column']> =
    own ?? Object.fromEntries(WRITTEN.map((name) => [name, columnOf(name)]));
  const found = [before, after]
    .filter(isFacts)
    .flatMap((side) => Object.entries(columns).map(([name, column]) => ({ column, text: side[name] })));
  return [...found, { column: columnOf('reason'), text: reason }].flatMap(({ column, text }): SealedText[] =>
    typeof text === 'string' && keyIdOf(text) !== null ? [{ place: { column, row: subjectId }, text }] : [],
  );
}

const isFacts = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
