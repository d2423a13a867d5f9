import { unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { db } from '~/lib/db';
import { takeStatement } from '~/lib/statements/file';
import { workStatements } from '~/lib/statements/make';
import { tamper } from '~/lib/testing/tampering';
import type { Statement } from '~/prisma/generated/client';

/** Works all statements off that wait, and answers this one as it then is. */
export async function made({ id }: Pick<Statement, 'id'>): Promise<Statement> {
  while ((await workStatements()) > 0);
  return db().statement.findUniqueOrThrow({ where: { id } });
}

/** The file, by whoever takes it. */
export async function fileOf(
  actor: Parameters<typeof takeStatement>[0],
  { id }: Pick<Statement, 'id'>,
): Promise<{ name: string; bytes: Uint8Array }> {
  const { name, body } = await takeStatement(actor, { id });
  return { name, bytes: new Uint8Array(await new Response(body).arrayBuffer()) };
}

export function unzipped(bytes: Uint8Array): [name: string, bytes: Uint8Array][] {
  return Object.entries(unzipSync(bytes));
}

/**
 * Gives an account so many lines on the days of a time, each of another amount, in and out by turns, as `ledger_post`
 * would have booked them then.
 */
export async function writeLines(
  walletId: string,
  count: number,
  [from, to]: [string, string],
): Promise<void> {
  const [row] = await tamper<{ id: string }>(
    `SELECT id FROM ledger_accounts WHERE owner_id = $1 AND bucket = 'available'`,
    [walletId],
  );
  const [transaction] = await tamper<{ id: string }>(
    `INSERT INTO ledger_transactions (cause_kind, cause_id, step, kind, effective_at, entry_count)
     SELECT cause_kind, gen_random_uuid(), step, kind, effective_at, entry_count FROM ledger_transactions LIMIT 1 RETURNING id`,
  );
  await tamper(
    `WITH a AS (SELECT id, sequence, balance FROM ledger_accounts WHERE id = $1),
     lines AS (SELECT n, CASE WHEN n % 2 = 1 THEN 20000 + n ELSE -(10000 + n) END AS change,
                 $4::timestamptz + (n - 1) * (($5::timestamptz - $4::timestamptz) / $3::int) AS at FROM generate_series(1, $3::int) n)
     INSERT INTO ledger_entries (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
     SELECT $6, 10 + n, a.id, a.sequence + n, 'MXN', -change, a.balance + sum(change) OVER (ORDER BY n),
            CASE WHEN change > 0 THEN 'deposit' ELSE 'withdrawal' END, $2, at, at
     FROM lines, a ORDER BY n`,
    [row?.id, walletId, count, from, to, transaction?.id],
  );
  await tamper(
    `UPDATE ledger_accounts a SET sequence = e.sequence, balance = e.balance_after
     FROM (SELECT * FROM ledger_entries WHERE account_id = $1 ORDER BY sequence DESC LIMIT 1) e WHERE a.id = $1`,
    [row?.id],
  );
}

type Node = { role?: string; children?: Node[]; type?: string; id?: string };

export type ReadPdf = {
  pages: number;
  title: string | undefined;
  lang: string | undefined;
  marked: boolean;
  /** The roles of everything in its tree, and how many of each. */
  roles: Record<string, number>;
  /** What each row of its tables says, cell by cell, as a screen reader goes through them. */
  rows: string[][];
  text: string;
};

/** A PDF as a reader that isn't ours reads it: by its tree, never by where things stand on the page. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise;
  const { info, metadata } = (await pdf.getMetadata()) as unknown as Metadata;
  const marks = (await pdf.getMarkInfo()) as { Marked?: boolean } | null;
  const read: ReadPdf = {
    pages: pdf.numPages,
    title: info.Title,
    lang: info.Language,
    marked: marks?.Marked === true && /<pdfuaid:part>1</.test(metadata?.getRaw() ?? ''),
    ...{ roles: {}, rows: [], text: '' },
  };
  for (let nth = 1; nth <= pdf.numPages; nth += 1) {
    const page = await pdf.getPage(nth);
    const texts = textsByMark((await page.getTextContent({ includeMarkedContent: true })).items as Item[]);
    read.text += [...texts.values()].join('\n');
    walk((await page.getStructTree()) as Node | null, texts, read);
    page.cleanup();
  }
  await pdf.destroy();
  return read;
}

type Metadata = {
  info: { Title?: string; Language?: string };
  metadata: { getRaw(): string } | null;
};
type Item = { type?: string; id?: string; str?: string; hasEOL?: boolean };

function textsByMark(items: readonly Item[]): Map<string, string> {
  const texts = new Map<string, string>();
  const open: (string | undefined)[] = [];
  for (const { type, id, str, hasEOL } of items) {
    if (type?.startsWith('beginMarkedContent')) open.push(id);
    else if (type === 'endMarkedContent') open.pop();
    const mark = open.findLast((each) => each !== undefined);
    if (mark && str !== undefined) texts.set(mark, `${texts.get(mark) ?? ''}${str}${hasEOL ? ' ' : ''}`);
  }
  return texts;
}

function walk(node: Node | null, texts: ReadonlyMap<string, string>, read: ReadPdf): void {
  if (!node?.role) return;
  read.roles[node.role] = (read.roles[node.role] ?? 0) + 1;
  if (node.role === 'TR') read.rows.push((node.children ?? []).map((cell) => said(cell, texts)));
  for (const child of node.children ?? []) walk(child, texts, read);
}

function said(node: Node, texts: ReadonlyMap<string, string>): string {
  if (node.type === 'content') return texts.get(node.id ?? '') ?? '';
  return (node.children ?? [])
    .map((child) => said(child, texts))
    .join(' ')
    .trim();
}
