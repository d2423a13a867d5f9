import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export type Query = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;

/** Our own eyes on the database, beside the product's: amounts as bigints. */
export function openDatabase(url: string): { query: Query; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    options: '-c TimeZone=UTC',
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === pg.types.builtins.INT8
          ? (value: string) => BigInt(value)
          : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // The server may be killed under a connection; the next question gets another.
  pool.on('error', () => undefined);
  const query: Query = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await pool.query(sql, values)).rows as Row[];
  return { query, close: () => pool.end() };
}

/** Asks again while the server is dead or starting. Only for what may be done twice. */
export async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 60) throw error;
      await sleep(500);
    }
  }
}
