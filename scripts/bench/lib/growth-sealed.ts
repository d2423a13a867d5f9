import type pg from 'pg';
import { sealedWith, type Told } from '~/lib/people/kept';
import { newId } from '~/lib/uuid';
import { newDataKey, wrap } from '~/lib/vault/master-keys';
import './platform.ts';

type Sealing = {
  into: string;
  from: number;
  count: number;
  id: (n: number) => string;
  told: (n: number) => Told;
};

const AT_ONCE = 5_000;
const search = newDataKey(newId());

/** Writes what identifies so many customers into a table, by their number, sealed as the app does: a key for each of them. */
export function sealed({ into, from, count, id, told }: Sealing): (client: pg.Client) => Promise<void> {
  return async (client) => {
    await client.query(`CREATE UNLOGGED TABLE ${into} (
      n int, tax_id text, email text, phone text, tax_id_hash text, email_hash text, phone_hash text)`);
    await client.query(
      `INSERT INTO data_keys (id, owner, master_key, wrapped) VALUES ($1, 'search', $2, $3) ON CONFLICT DO NOTHING`,
      Object.values(wrap(search)),
    );
    for (let first = from; first < from + count; first += AT_ONCE) {
      const numbers = Array.from(
        { length: Math.min(AT_ONCE, from + count - first) },
        (_, nth) => first + nth,
      );
      const keys = numbers.map(() => newDataKey(newId()));
      const wrapped = keys.map(wrap);
      await client.query(
        `INSERT INTO data_keys (id, owner, master_key, wrapped)
         SELECT id, 'customer:' || whose, $3, decode(wrapped, 'base64') FROM unnest($1::uuid[], $2::text[], $4::text[]) k(id, whose, wrapped)`,
        [
          keys.map((key) => key.id),
          numbers.map(id),
          wrapped[0]?.masterKey,
          wrapped.map((each) => Buffer.from(each.wrapped).toString('base64')),
        ],
      );
      const rows = numbers.map((n, nth) => {
        const own = keys[nth];
        if (!own) throw new Error('Each customer has a key.');
        return sealedWith({ own, search }, id(n), told(n));
      });
      const { names, values } = columnsOf(rows);
      await client.query(
        `INSERT INTO ${into} (n, ${names.join(', ')})
         SELECT * FROM unnest($1::int[], ${names.map((_, nth) => `$${nth + 2}::text[]`).join(', ')})`,
        [numbers, ...values],
      );
    }
  };
}

const NAMES = {
  tax_id: 'taxIdSealed',
  email: 'emailSealed',
  phone: 'phoneSealed',
  tax_id_hash: 'taxIdHash',
  email_hash: 'emailHash',
  phone_hash: 'phoneHash',
} as const;

function columnsOf(rows: ReturnType<typeof sealedWith>[]) {
  return {
    names: Object.keys(NAMES),
    values: Object.values(NAMES).map((name) => rows.map((row) => row[name])),
  };
}
