import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { disconnect } from '~/lib/db';
import { asSuperuser, createTestDatabase, type TestDatabase, withTestDatabase } from '~/lib/testing/database';
import { type LocalFintoc, withLocalFintoc } from '~/lib/testing/sandbox';
import { endTampering } from '~/lib/testing/tampering';

export type RestorableBooks = {
  fintoc: LocalFintoc;
  /** Keeps the books as they are now. */
  backUp(): Promise<void>;
  /** Puts the books of then in their place; Fintoc goes on, as it does. */
  restore(): Promise<void>;
  /** As when the machine was lost with its disk. */
  loseMarks(): void;
  marksDir(): string;
};

/** Books that can be taken back, beside a local Fintoc that can't: each has a database of its own. */
export function withRestorableBooks(): RestorableBooks {
  let theirs: TestDatabase;
  let marks = '';
  withTestDatabase();
  const books = () => {
    const url = new URL(process.env.TEST_DATABASE_OWNER_URL ?? '');
    return { name: url.pathname.slice(1), owner: url.username };
  };
  // Hooks end in reverse: after the local Fintoc has let go of its database.
  afterAll(async () => {
    await asSuperuser(`DROP DATABASE IF EXISTS ${books().name}_backup WITH (FORCE)`);
    await theirs.drop();
    fs.rmSync(marks, { recursive: true });
  });
  beforeAll(async () => {
    theirs = await createTestDatabase();
    marks = fs.mkdtempSync(path.join(os.tmpdir(), 'marks-'));
    // What happened a moment ago is known at once.
    Object.assign(process.env, { MARKS_DIR: marks, FINTOC_WEBHOOK_GRACE_MS: '0' });
  });
  const fintoc = withLocalFintoc({
    get databaseUrl() {
      return theirs.ownerUrl;
    },
  });
  const copy = async (from: string, to: string) => {
    await Promise.all([disconnect(), endTampering()]);
    await asSuperuser(`DROP DATABASE IF EXISTS ${to} WITH (FORCE)`);
    await asSuperuser(`CREATE DATABASE ${to} TEMPLATE ${from} OWNER ${books().owner}`);
  };
  return {
    fintoc,
    backUp: () => copy(books().name, `${books().name}_backup`),
    restore: () => copy(`${books().name}_backup`, books().name),
    loseMarks: () => {
      for (const name of fs.readdirSync(marks)) fs.rmSync(path.join(marks, name));
    },
    marksDir: () => marks,
  };
}
