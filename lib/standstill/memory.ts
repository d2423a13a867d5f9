import fs from 'node:fs';
import path from 'node:path';
import { marksDirectory } from '~/lib/env';
import { log } from '~/lib/log';
import { BEAT_MS, type BooksNow, type Mark, parseMark, watchedSince } from '~/lib/standstill/mark';

/** All that is remembered outside the database, of whichever books. */
export function readMarks(): Mark[] {
  try {
    return fs
      .readdirSync(marksDirectory())
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => parseMark(fs.readFileSync(path.join(marksDirectory(), name), 'utf8')) ?? []);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Remembers how far the books have come, and that somebody looked; `marks` is what is remembered of them. Of books that
 * stand still in a place of its own, so that what the world was before it stays.
 */
export function writeMark(now: BooksNow, marks: Mark[], standstill?: string): void {
  const { formerly: _former, knownTimeline: _timeline, knownPlace: _known, ...books } = now;
  const at = new Date();
  const since = watchedSince(marks, now, at) ?? at;
  const facts = { ...books, since: since.toISOString(), ...(standstill && { standstill }) };
  if (marks.some((mark) => isFresh(mark, facts, at))) return;
  const mark: Mark = { version: 1, ...facts, writtenAt: at.toISOString() };
  const name = `${books.system}-${books.database}${standstill ? '-standing' : ''}.json`;
  try {
    write(path.join(marksDirectory(), name), `${JSON.stringify(mark, null, 1)}\n`);
  } catch (error) {
    log.error({ err: error }, 'how far the books have come can’t be remembered outside the database');
  }
}

function isFresh({ version: _version, writtenAt, ...remembered }: Mark, facts: object, at: Date): boolean {
  if (at.getTime() - Date.parse(writtenAt) >= BEAT_MS) return false;
  return JSON.stringify(sorted(remembered)) === JSON.stringify(sorted(facts));
}

const sorted = (facts: object) => Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));

/** Under its name only when it is whole, also after a power cut. */
function write(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.new`;
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = fs.openSync(temporary, 'w', 0o600);
  fs.writeSync(handle, text);
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  fs.renameSync(temporary, file);
}
