import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** Reading one of these from end to end is what grows with the movements. */
const BIG = ['ledger_entries', 'ledger_transactions', 'transfers', 'withdrawals'];

const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_nested_statements': 'on',
};

/** Has the server write down how it ran every statement, also those inside its functions, of new connections. */
export async function watchPlans(superuserUrl: string, database: string): Promise<string> {
  return asSuperuser(superuserUrl, async (client) => {
    for (const [name, value] of Object.entries(SETTINGS))
      await client.query(`ALTER DATABASE ${client.escapeIdentifier(database)} SET ${name} = '${value}'`);
    const { rows } = await client.query('SHOW data_directory');
    return path.join(path.dirname(rows[0].data_directory), 'postgres.log');
  });
}

/** No more: a line for each statement of each function is most of the time of what is measured next. */
export async function unwatchPlans(superuserUrl: string, database: string): Promise<void> {
  await asSuperuser(superuserUrl, async (client) => {
    for (const name of Object.keys(SETTINGS))
      await client.query(`ALTER DATABASE ${client.escapeIdentifier(database)} RESET ${name}`);
  });
}

async function asSuperuser<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Which big tables were read from end to end while `work` ran. */
export async function scansOf(logFile: string, work: () => Promise<unknown>): Promise<string[]> {
  const from = statSync(logFile).size;
  await work();
  // What a backend writes reaches the file before its answer reaches us.
  const text = readFrom(logFile, from);
  return BIG.filter((table) => new RegExp(`Seq Scan on ${table}\\b`).test(text));
}

export function readFrom(file: string, from: number): string {
  const buffer = Buffer.alloc(Math.max(0, statSync(file).size - from));
  const handle = openSync(file, 'r');
  try {
    readSync(handle, buffer, 0, buffer.length, from);
  } finally {
    closeSync(handle);
  }
  return buffer.toString('utf8');
}
