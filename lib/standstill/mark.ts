import type { Role } from '~/lib/roles';
import type { FreezeDirection } from '~/lib/wallets/frozen';
import type { FrozenDeposits } from '~/lib/wallets/frozen-deposits';
import type { DestinationKind, StopCause } from '~/prisma/generated/enums';

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
  /** Who may get in: a restore lets them in again who were shut out. Older memories don't know. */
  doors?: Doors;
  /** Which files of which running server it was read from: a restore takes up others, however it is done. */
  place?: string;
  /** Since when those files were looked at without a break. */
  since?: string;
  /** Of books that stand still: the standstill. Theirs is kept apart from what was remembered of the world before it. */
  standstill?: string;
  writtenAt: string;
};

/** Who may get in and what may leave. By id. `password` counts the operator's; of a key's secrets, when each ends. */
export type Doors = {
  operators: Record<string, { role: Role; disabled: boolean; password: number }>;
  keys: Record<string, { revoked: boolean; secrets: Record<string, string | null> }>;
  /** The stops of payouts that stand, by account; under `all` that of every account. Older memories don't know. */
  stops?: Record<string, { cause: StopCause; reason: string; by: string | null }>;
  /** Older memories don't know. */
  held?: Held;
};

/** The wallets that are frozen, by id, and whom nobody pays. */
export type Held = {
  frozen: Record<
    string,
    { reason: string; direction: FreezeDirection; until: string | null; deposits: FrozenDeposits | null }
  >;
  blocked: { kind: DestinationKind; destination: string; reason: string; by: string }[];
};

/** What the books say now. */
export type BooksNow = Omit<Mark, 'version' | 'writtenAt' | 'place' | 'since' | 'standstill'> & {
  /** What the books were called before people let them go on after a restore. */
  formerly: string[];
  /** The timeline in which they were known last; null: never yet. */
  knownTimeline: number | null;
  /** Which files of which running server these are; and those that were looked at last. */
  place: string;
  knownPlace: string | null;
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

/** Workers look every second, and write it down at least this often. */
export const BEAT_MS = 15_000;
/** Where nobody looked for longer than this, what was remembered goes back no further. A restore takes longer. */
const UNWATCHED_MS = 60_000;
/** How far Fintoc's clock may be from ours. */
const CLOCKS_MS = 24 * 3_600_000;

/** Since when the very files that the books are in now were looked at without a break; null where nobody remembers. */
export function watchedSince(marks: Mark[], { place }: BooksNow, now: Date): Date | null {
  const kept = marks.filter(
    (mark) =>
      mark.place === place &&
      mark.since !== undefined &&
      Math.abs(now.getTime() - Date.parse(mark.writtenAt)) <= UNWATCHED_MS,
  );
  const [longest] = kept.map(({ since }) => since ?? '').sort();
  return longest === undefined ? null : new Date(longest);
}

/**
 * From when on a payout under a mark of ours that these books never sent says nothing of them; null: whenever it was
 * made, it says that they are older than the world.
 *
 * A request is written down before it leaves. So a payout that these books don't know was sent by newer ones that they
 * were restored from, or by somebody who wrote our mark on it: in the Dashboard, with the key, in a copy of the books.
 * The payout itself can't tell which; whoever forges a mark can forge all of it. What can is whether a restore took
 * place after it was made, and a restore leaves its trace wherever it happens: the server starts anew, the database or
 * its tables are made anew, or, where the whole machine was taken back, nobody has looked for as long as that took. So
 * where the very files have been looked at every second since before the payout, and lack nothing of what is remembered
 * of them, they are no older: it is the break of its own account, and nobody else waits for it. Without such a memory
 * everything stands still, as does everything where a withdrawal of ours that was never sent is found paid exactly: no
 * forger pays it, newer books or a copy at work do, and would pay the next.
 *
 * Fintoc's clock may be a day from ours, so the memory must be a day older than the payout.
 */
export function vouchesFrom(marks: Mark[], books: BooksNow, now: Date): Date | null {
  const since = watchedSince(marks, books, now);
  return since && new Date(since.getTime() + CLOCKS_MS);
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
