import type { Queryable } from '~/lib/db';
import { openTexts, type SealedText } from '~/lib/vault/data-keys';
import { keyIdOf, type Place } from '~/lib/vault/sealed';

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

/** What is written sealed, and nothing else: a text that somebody typed may look like it. */
const ACTS: readonly string[] = ['customer.created', 'customer.changed', 'note.added'];

type Sides = { action: string; subjectType: string; subjectId: string; before: unknown; after: unknown };

/** Entries with what is sealed in them opened; what nobody can open any more is null. */
export async function openedEntries<Entry extends Sides>(
  client: Queryable,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const sealed = entries.flatMap(sealedIn);
  const texts = await openTexts(client, sealed);
  const opened = new Map(sealed.map(({ text }, nth) => [text, texts[nth] ?? null]));
  const side = (value: unknown) =>
    isFacts(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, fact]) => [
            name,
            typeof fact === 'string' && opened.has(fact) ? opened.get(fact) : fact,
          ]),
        )
      : value;
  return entries.map((entry) =>
    ACTS.includes(entry.action) && entry.subjectType in SEALED_IN_AUDIT
      ? { ...entry, before: side(entry.before), after: side(entry.after) }
      : entry,
  );
}

function sealedIn({ action, subjectType, subjectId, before, after }: Sides): SealedText[] {
  if (!ACTS.includes(action)) return [];
  const columns: Record<string, Place['column']> =
    Object.entries(SEALED_IN_AUDIT).find(([type]) => type === subjectType)?.[1] ?? {};
  return [before, after].filter(isFacts).flatMap((side) =>
    Object.entries(columns).flatMap(([name, column]): SealedText[] => {
      const text = side[name];
      return typeof text === 'string' && keyIdOf(text) !== null
        ? [{ place: { column, row: subjectId }, text }]
        : [];
    }),
  );
}

const isFacts = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
