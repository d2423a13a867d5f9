import { openedEntries, SEALED_IN_AUDIT } from '~/lib/audit/sealed';
import type { Queryable } from '~/lib/db';
import { openTexts, type SealedText } from '~/lib/vault/data-keys';
import type { Place } from '~/lib/vault/sealed';

export type HeldRow = Record<string, unknown>;

type Sealed = { columns: readonly string[]; place: (row: HeldRow, column: string) => Place | null };

const inItsRow = (table: string, columns: readonly string[]): Sealed => ({
  columns,
  place: ({ id }, column) => ({ column: `${table}.${column}`, row: String(id) }),
});

/** What of whose rows stands sealed. */
const SEALED: Record<string, Sealed> = {
  customers: inItsRow('customers', ['tax_id', 'email', 'phone']),
  onboardings: inItsRow('onboardings', ['raw']),
  kyb_drafts: inItsRow('kyb_drafts', ['answers']),
  notes: {
    columns: ['body'],
    place: ({ subject_type, subject_id }) =>
      subject_type === 'customer' ? { column: SEALED_IN_AUDIT.customer.body, row: String(subject_id) } : null,
  },
};
/** A text there is JSON as it was sealed. */
const JSON_COLUMNS: ReadonlySet<string> = new Set(['raw', 'answers']);

/** Rows as they are told to whom they are about: what stands sealed is opened. */
export async function openedRows(client: Queryable, table: string, rows: HeldRow[]): Promise<HeldRow[]> {
  if (table === 'audit_entries') return auditRows(client, rows);
  const sealed = SEALED[table];
  if (!sealed) return rows;
  const found = rows.flatMap((row) =>
    sealed.columns.flatMap((column): (SealedText & { of: HeldRow; name: string })[] => {
      const text = row[column];
      const place = sealed.place(row, column);
      return typeof text === 'string' && place ? [{ of: row, name: column, place, text }] : [];
    }),
  );
  const texts = await openTexts(client, found);
  const opened = new Map<HeldRow, HeldRow>(rows.map((row) => [row, { ...row }]));
  found.forEach(({ of, name }, nth) => {
    const text = texts[nth] ?? null;
    Object.assign(opened.get(of) ?? {}, { [name]: JSON_COLUMNS.has(name) ? JSON.parse(text ?? '{}') : text });
  });
  return [...opened.values()];
}

async function auditRows(client: Queryable, rows: HeldRow[]): Promise<HeldRow[]> {
  const entries = await openedEntries(
    client,
    rows.map((row) => ({
      action: String(row.action),
      subjectType: String(row.subject_type),
      subjectId: String(row.subject_id),
      before: row.before,
      after: row.after,
      reason: typeof row.reason === 'string' ? row.reason : null,
    })),
  );
  return rows.map((row, nth) => {
    const { before, after, reason } = entries[nth] ?? {};
    return { ...row, before, after, reason };
  });
}
