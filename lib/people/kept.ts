import { SEALED_IN_AUDIT } from '~/lib/audit/sealed';
import { type Queryable, type Tx, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { bareTaxId } from '~/lib/tax-id';
import { lineOf } from '~/lib/text';
import {
  dataKeyOf,
  hashOf,
  openTexts,
  type SealedText,
  sealingKeyOf,
  searchHashes,
} from '~/lib/vault/data-keys';
import { type DataKey, keyIdOf, type Place, sealText } from '~/lib/vault/sealed';
import { type Customer as Kept, Prisma } from '~/prisma/generated/client';

/** As `isPhone` takes them (lib/text). */
const [LEAST_PHONE, MOST_PHONE] = [8, 15] as const;
/** Most numbers at home have no more; before them stands the country's code, in Mexico with a 1 from the past as well. */
const AT_HOME = 10;
/** Chile's have nine: its code and they are eleven, which is nobody's number at home. */
const CHILEAN = /^56\d{9}$/;

/**
 * What of a customer stands sealed, in which column, and in which form it is found: by its whole value, however that is
 * written. Its beginning finds nobody: a hash of it would tell whoever reads the database more than it helps who searches.
 */
const SEALED = {
  taxId: {
    sealed: 'taxIdSealed',
    hash: 'taxIdHash',
    column: SEALED_IN_AUDIT.customer.taxId,
    whole: wholeTaxId,
  },
  email: {
    sealed: 'emailSealed',
    hash: 'emailHash',
    column: SEALED_IN_AUDIT.customer.email,
    whole: wholeEmail,
  },
  phone: {
    sealed: 'phoneSealed',
    hash: 'phoneHash',
    column: SEALED_IN_AUDIT.customer.phone,
    whole: wholePhone,
  },
} as const;

type Field = keyof typeof SEALED;
type Columns = (typeof SEALED)[Field]['sealed' | 'hash'];
const FIELDS = Object.entries(SEALED) as [Field, (typeof SEALED)[Field]][];

function wholeTaxId(text: string): string | null {
  return bareTaxId(text) || null;
}

function wholeEmail(text: string): string | null {
  return text.includes('@') ? lineOf(text).toLowerCase() : null;
}

function wholePhone(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  if (digits.length < LEAST_PHONE || digits.length > MOST_PHONE) return null;
  return CHILEAN.test(digits) ? digits.slice(2) : digits.slice(-AT_HOME);
}

/** A row of customers as people know them: opened, without what only the database needs. */
export type Opened<Row> = Omit<Row, Columns> &
  (Row extends { taxIdSealed: string } ? { taxId: string } : unknown) &
  (Row extends { emailSealed: string | null } ? { email: string | null } : unknown) &
  (Row extends { phoneSealed: string | null } ? { phone: string | null } : unknown);

export type Customer = Opened<Kept>;

/** Rows with as many of the sealed columns as were read. Of who was erased the tax id is empty. */
export async function openedCustomers<Row extends { id: string }>(
  client: Queryable,
  rows: readonly Row[],
): Promise<Opened<Row>[]> {
  const found = rows.flatMap((row) => FIELDS.map(([, each]) => textIn(row, each)));
  const texts = await openTexts(
    client,
    found.filter((text) => text !== null),
  );
  let nth = 0;
  return rows.map((row, at) => {
    const kept = new Map<string, unknown>(Object.entries(row));
    FIELDS.forEach(([field, { sealed, hash }], of) => {
      const isRead = kept.has(sealed);
      const isFound = found[at * FIELDS.length + of] !== null;
      const opened = isFound ? (texts[nth++] ?? null) : null;
      if (isRead) kept.set(field, field === 'taxId' ? (opened ?? '') : opened);
      kept.delete(sealed);
      kept.delete(hash);
    });
    return Object.fromEntries(kept) as Opened<Row>;
  });
}

function textIn(row: { id: string }, { sealed, column }: (typeof SEALED)[Field]): SealedText | null {
  const text = (row as Record<string, unknown>)[sealed];
  return typeof text === 'string' && text !== '' ? { place: { column, row: row.id }, text } : null;
}

/** As `openedCustomers`, of one; null stays null. */
export async function openedCustomer<Row extends { id: string } | null>(
  client: Queryable,
  row: Row,
): Promise<Opened<NonNullable<Row>> | Extract<Row, null>> {
  if (row === null) return row as Extract<Row, null>;
  const [opened] = await openedCustomers(client, [row]);
  return opened as Opened<NonNullable<Row>>;
}

/** Throws `customer_erased` for whom nobody can say any more who it was: nothing new is theirs. */
export function requireKnown({ erasedAt }: { erasedAt: Date | null }): void {
  if (erasedAt) throw new DomainError('customer_erased', 'Who this was is erased for good.');
}

export type Told = { taxId: string; email: string | null; phone: string | null };

/** Those columns of a customer's row, sealed under a key of their own; what says the same as `before` stays as it is. */
export async function sealedColumns(
  tx: Tx,
  id: string,
  told: Told,
  before?: { row: Kept; told: Told },
): Promise<Pick<Kept, Columns>> {
  const keys = { own: await sealingKeyOf(tx, `customer:${id}`), search: await sealingKeyOf(tx, 'search') };
  const columns = sealedWith(keys, id, told);
  for (const [field, { sealed, hash }] of FIELDS) {
    const stands = before?.row[sealed];
    if (!stands || keyIdOf(stands) === null || before?.told[field] !== told[field]) continue;
    Object.assign(columns, { [sealed]: stands, [hash]: before.row[hash] });
  }
  return columns;
}

/** The columns under these keys: the customer's own, and what searches. */
export function sealedWith(
  { own, search }: { own: DataKey; search: DataKey },
  id: string,
  told: Told,
): Pick<Kept, Columns> {
  const columns = FIELDS.map(([field, { sealed, hash, column, whole }]) => {
    const text = told[field];
    const value = text === null ? null : whole(text);
    return {
      [sealed]: text === null ? null : sealText(own, { column, row: id }, text),
      [hash]: value === null ? null : hashOf(search, column, value),
    };
  });
  return Object.assign({}, ...columns) as Pick<Kept, Columns>;
}

/** What of `customers c` is told whole by what was typed; none where it can be no such value. */
export async function wholeValues(client: Queryable, typed: string): Promise<Prisma.Sql[]> {
  const asked = FIELDS.flatMap(([, { column, whole }]) => {
    const value = whole(typed);
    return value === null ? [] : [{ column, value }];
  });
  const hashes = await searchHashes(client, asked);
  return asked.map(
    ({ column }, nth) => Prisma.sql`${Prisma.raw(`c.${hashColumn(column)}`)} = ${hashes[nth]}`,
  );
}

const hashColumn = (column: Place['column']) => `${column.slice('customers.'.length)}_hash`;

/** What words are found by in `tax_id_hash`. */
export function taxIdHashes(client: Queryable, words: readonly string[]): Promise<string[]> {
  return searchHashes(
    client,
    words.map((word) => ({ column: SEALED.taxId.column, value: bareTaxId(word) })),
  );
}

const notePlace = (customerId: string) => ({ column: SEALED_IN_AUDIT.customer.body, row: customerId });

/** A note on a customer as it is kept, in the audit log too: never changed, it goes with their key. */
export async function sealedNote(tx: Tx, customerId: string, body: string): Promise<string> {
  const own = await dataKeyOf(tx, `customer:${customerId}`);
  return sealText(own ?? (await sealingKeyOf(tx, 'house')), notePlace(customerId), body);
}

/** Notes, those on customers opened; without those that nobody can read any more. */
export async function openedNotes<Note extends { subjectType: string; subjectId: string; body: string }>(
  client: Queryable,
  notes: readonly Note[],
): Promise<Note[]> {
  const sealed = notes.filter(({ subjectType }) => subjectType === 'customer');
  const texts = sealed.map(({ subjectId, body }) => ({ place: notePlace(subjectId), text: body }));
  const bodies = await openTexts(client, texts);
  const opened = new Map(sealed.map((note, nth) => [note, bodies[nth] ?? null]));
  return notes.flatMap((note) => {
    const body = opened.has(note) ? (opened.get(note) ?? null) : note.body;
    return body === null ? [] : { ...note, body };
  });
}

/**
 * Rows of one customer as the audit log keeps them for good: who it is stands there sealed as well, and goes with their
 * key. What is the same in two of them is sealed once, so that it is seen to be the same.
 */
export async function auditedCustomers(tx: Tx, id: string, rows: readonly Kept[]): Promise<object[]> {
  const key = await sealingKeyOf(tx, `customer:${id}`);
  const sealed = new Map<string, string>();
  const seal = (field: 'name' | Field, text: string | null) => {
    // What people typed may look like it: of the columns that are sealed alone it is so already.
    if (text === null || (field !== 'name' && keyIdOf(text) !== null)) return text;
    const place = { column: SEALED_IN_AUDIT.customer[field], row: id };
    const known = sealed.get(`${field}\0${text}`) ?? sealText(key, place, text);
    sealed.set(`${field}\0${text}`, known);
    return known;
  };
  return rows.map(({ taxIdSealed, emailSealed, phoneSealed, ...row }) => {
    const { taxIdHash: _t, emailHash: _e, phoneHash: _p, ...rest } = row;
    return {
      ...{ ...rest, name: seal('name', row.name), taxId: seal('taxId', taxIdSealed) },
      ...{ email: seal('email', emailSealed), phone: seal('phone', phoneSealed) },
    };
  });
}

const AT_ONCE = 100;

/** Seals customers from before there were keys, some at a time. Returns how many. */
export async function sealCustomers(): Promise<number> {
  return transaction(async (tx) => {
    const due = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text AS id FROM customers WHERE tax_id_hash IS NULL AND erased_at IS NULL
      ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`;
    const rows = await tx.customer.findMany({ where: { id: { in: due.map(({ id }) => id) } } });
    for (const { id, taxIdSealed, emailSealed, phoneSealed } of rows) {
      const told = { taxId: taxIdSealed, email: emailSealed, phone: phoneSealed };
      await tx.customer.update({ where: { id }, data: await sealedColumns(tx, id, told) });
    }
    return rows.length;
  });
}
