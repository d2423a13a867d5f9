/** How far the books had come, as it is remembered outside the database: a restore can't take that back. */
export type Mark = {
  version: 1;
  /** Of the books, random, kept in them: what two people let go on as it is after a restore is named anew. */
  books: string;
  /** Of the database server's files, which all their copies share. */
  system: string;
  database: string;
  /** Goes up whenever a server takes up the work from a copy. */
  timeline: number;
  /** The highest that were ever committed; rows of both are never deleted. */
  transaction: string;
  audit: string;
  /** What they were: books that went on from a copy give the same numbers to others. Empty where there was none. */
  transactionIs?: string;
  auditIs?: string;
  /** The newest withdrawal that was sent, and how often it had been tried. */
  sent: { id: string; attempts: number; at: string } | null;
  writtenAt: string;
};

/** What the books say now. */
export type BooksNow = Omit<Mark, 'version' | 'writtenAt'> & {
  /** What the books were called before people let them go on after a restore. */
  formerly: string[];
  /** The timeline in which they were known last; null: never yet. */
  knownTimeline: number | null;
  /** Since when the server runs; and since when the one did under which they were looked at last. */
  server: string;
  knownServer: string | null;
};

export type Lack = { what: 'transactions' | 'audit' | 'sent'; remembered: string; found: string };

/** Whether a mark is about these books: by their name, or by where they are. */
export function isOf(mark: Mark, books: BooksNow): boolean {
  if (books.formerly.includes(mark.books)) return false;
  return mark.books === books.books || (mark.system === books.system && mark.database === books.database);
}

/** What the books know of what a mark remembers. */
export type Known = {
  /** How often they know the mark's newest withdrawal to have been tried; null: they don't know it. */
  attempts: number | null;
  /** Whether what stands under the mark's numbers is what the mark says. */
  transaction: boolean;
  audit: boolean;
};

/** What the books have lost of what a mark remembers, also where they have gone on since. */
export function lacksOf(mark: Mark, books: BooksNow, { attempts, transaction, audit }: Known): Lack[] {
  const lacks: Lack[] = [];
  if (BigInt(books.transaction) < BigInt(mark.transaction) || !transaction)
    lacks.push({ what: 'transactions', remembered: mark.transaction, found: books.transaction });
  if (BigInt(books.audit) < BigInt(mark.audit) || !audit)
    lacks.push({ what: 'audit', remembered: mark.audit, found: books.audit });
  if (mark.sent && (attempts ?? 0) < mark.sent.attempts)
    lacks.push({
      what: 'sent',
      remembered: `${mark.sent.id} × ${mark.sent.attempts}`,
      found: String(attempts ?? 0),
    });
  return lacks;
}

/** A mark from its file; null for what is none, such as a file that was cut. */
export function parseMark(text: string): Mark | null {
  try {
    const mark = JSON.parse(text) as Mark;
    const whole =
      mark.version === 1 &&
      [mark.books, mark.system, mark.database, mark.writtenAt].every((each) => typeof each === 'string') &&
      [mark.transaction, mark.audit].every((each) => /^\d+$/.test(each)) &&
      Number.isInteger(mark.timeline) &&
      (mark.sent === null || (typeof mark.sent.id === 'string' && Number.isInteger(mark.sent.attempts)));
    return whole ? mark : null;
  } catch {
    return null;
  }
}
