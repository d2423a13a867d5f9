import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

/** As the owner, who sees what stands; as the app; and as whoever has a scope. */
let owner: pg.Client;
let app: pg.Client;
let scoped: pg.Client;
const appName = () => decodeURIComponent(new URL(process.env.DATABASE_URL ?? '').username);

beforeAll(async () => {
  const connectionString = process.env.DATABASE_URL ?? '';
  owner = new pg.Client({ connectionString: process.env.TEST_DATABASE_OWNER_URL ?? '' });
  app = new pg.Client({ connectionString });
  scoped = new pg.Client({ connectionString, options: `-c role=${appName()}_scoped` });
  await Promise.all([owner.connect(), app.connect(), scoped.connect()]);
});

afterAll(() => Promise.all([owner.end(), app.end(), scoped.end()]));

/** What isn’t said by row. */
const WHOLE = /^(open|read|refused|(named|adds) .*)$/;

type Table = { name: string; sight: string | null; secured: boolean; policies: string[]; reads: boolean };

const tables = async () =>
  (
    await owner.query<Table>(
      `SELECT c.relname AS name, s.sight, c.relrowsecurity AS secured, has_table_privilege($1, c.oid, 'SELECT') AS reads,
         ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid ORDER BY 1) AS policies
       FROM pg_class c FULL JOIN scope_rules() s ON s.name = c.relname
       WHERE c.oid IS NULL OR (c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace) ORDER BY 1`,
      [`${appName()}_scoped`],
    )
  ).rows;

describe('every table', () => {
  it('says what somebody with a scope sees of it, in scope_rules', async () => {
    const all = await tables();
    expect(all.filter(({ name }) => name === null)).toEqual([]);
    expect(all.filter(({ sight }) => sight === null).map(({ name }) => name)).toEqual([]);
  });

  it('is to them what it says: open, refused, or the rows of the scope alone', async () => {
    for (const { name, sight, secured, policies, reads } of await tables()) {
      const isByRow = !WHOLE.test(sight ?? '');
      expect({ name, secured, reads }).toEqual({
        name,
        secured: isByRow,
        reads: isByRow || sight === 'open' || sight === 'read',
      });
      expect({ name, policies }).toEqual({
        name,
        policies: isByRow ? [appName(), `${appName()}_scoped`] : [],
      });
    }
  });

  it('that names a wallet, a customer or a portfolio is not open to them', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      SELECT DISTINCT c.table_name AS name FROM information_schema.columns c JOIN scope_rules() s ON s.name = c.table_name
      WHERE c.table_schema = 'public' AND s.sight IN ('open', 'read')
        AND c.column_name ~ '(^|_)(wallet|customer|portfolio)_ids?$' AND c.table_name <> 'custom_roles'`);
    expect(rows).toEqual([]);
  });

  it('shows nothing to a connection without a scope', async () => {
    for (const { name, sight } of await tables()) {
      if (WHOLE.test(sight ?? '')) continue;
      const { rows } = await scoped.query(`SELECT count(*)::int AS n FROM ${name}`);
      expect({ name, n: rows[0]?.n }).toEqual({ name, n: 0 });
    }
  });
});

describe('the app’s own role', () => {
  const planOf = async (sql: string) =>
    (await app.query(`EXPLAIN ${sql}`)).rows.map((row) => row['QUERY PLAN']).join('\n');

  it('plans as if there were no scopes: what it knows of a column counts, and words are found by their index', async () => {
    expect((await app.query(`SELECT row_security_active('withdrawals') AS active`)).rows[0]?.active).toBe(
      false,
    );
    await owner.query(`
      ALTER TABLE customers DISABLE TRIGGER USER;
      INSERT INTO customers (id, kind, name, country, tax_id_kind, tax_id, request_id, updated_at, erased_at)
      SELECT uuidv7(), CASE WHEN n % 1000 = 0 THEN 'business' ELSE 'individual' END::customer_kind,
        'Cliente ' || md5(n::text), 'mx', 'rfc', '', 'r' || n, now(), now() FROM generate_series(1, 20000) n;
      ALTER TABLE customers ENABLE TRIGGER USER;
      ANALYZE customers`);
    const some = /rows=(\d+)/.exec(await planOf(`SELECT * FROM customers WHERE kind = 'business'`))?.[1];
    expect(Number(some)).toBeLessThan(200);
    expect(await planOf(`SELECT * FROM customers WHERE search_text LIKE '%cliente abcdef%'`)).toContain(
      'customers_search',
    );
  });

  it('has nothing of it beside its own: what is taken from the app is gone', async () => {
    const { rows } = await owner.query(
      `SELECT pg_has_role($1::name, $2::name, 'USAGE') AS inherits, pg_has_role($1::name, $2::name, 'SET') AS sets`,
      [appName(), `${appName()}_scoped`],
    );
    expect(rows).toEqual([{ inherits: false, sets: true }]);
  });

  it('is not made less by it, and nobody with a scope becomes the app or the owner', async () => {
    const refused = (sql: string) =>
      scoped.query(sql).then(
        () => 'accepted',
        (error: pg.DatabaseError) => error.code,
      );
    expect(await refused('SELECT * FROM ledger_sums')).toBe('42501');
    expect(await refused('UPDATE custom_roles SET permissions = permissions')).toBe('42501');
    expect(await refused(`SELECT grant_scoped('x')`)).toBe('42501');
  });
});
