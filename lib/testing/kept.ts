import { tamper } from '~/lib/testing/tampering';

/** In which tables of this test's database a text stands anywhere, as text or as bytes. */
export async function tablesWith(text: string): Promise<string[]> {
  const tables = await tamper<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const holding = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await tamper<{ holds: boolean }>(
        `SELECT EXISTS (SELECT FROM ${name} AS row WHERE strpos(row::text, $1) > 0 OR strpos(row::text, $2) > 0) AS holds`,
        [text, Buffer.from(text).toString('hex')],
      );
      return row?.holds ? [name] : [];
    }),
  );
  return holding.flat();
}
