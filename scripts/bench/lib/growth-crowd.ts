import type pg from 'pg';
import { NAMES, pick } from './growth-names.ts';
import { sealed } from './growth-sealed.ts';

/** One after the other: a statement, or what is made here. */
export type Step = string | ((client: pg.Client) => Promise<void>);

/** Whom the console has beside those who move money: a customer each, with a wallet and a CLABE of their own. */
export const MOST_CUSTOMERS = 1_000_000;
export const ENTITIES = 10_000;

/** One of them, by number. */
export const customerOf = (nth: number, customers: number) => (nth * 7_919 + 13) % customers;
export const emailOf = (n: number) => `persona.${n}@correo.test`;
export const taxIdOf = (n: number) => `PEAA${String(n).padStart(6, '0')}XX1`;
export const phoneOf = (n: number) => `+52 55 ${String(n).padStart(8, '0')}`;
export const clabeOf = (n: number) => `738180${String(n).padStart(12, '0')}`;

const id = (serial: string) => `('10000000-0000-4000-8000-' || lpad((${serial})::text, 12, '0'))`;
const created = (customers: number) => `now() - interval '2 years' * (1 - n / ${customers}::float8)`;

/** The statements that write a crowd of so many, their wallets under `terms`. */
export function crowd(customers: number, terms: string): Step[] {
  const each = `FROM generate_series(1, ${customers}) n`;
  return [
    sealed({
      ...{ into: 'bench_crowd', from: 1, count: customers },
      id: (n) => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      told: (n) => ({ taxId: taxIdOf(n), email: emailOf(n), phone: phoneOf(n) }),
    }),
    `INSERT INTO customers (id, kind, name, country, tax_id_kind, tax_id, email, phone, tax_id_hash, email_hash, phone_hash, external_id, created_at, updated_at)
     SELECT ${id('n')}::uuid, 'individual', ${pick(NAMES.first, 41)} || ' ' || ${pick(NAMES.last, 42)} || ' ' || ${pick(NAMES.last, 43)} || CASE WHEN n % 20000 = 7 THEN ' Quetzalcóatl' ELSE '' END,
            'mx', 'rfc', tax_id, email, phone, tax_id_hash, email_hash, phone_hash, 'cliente-' || n, ${created(customers)}, now() FROM bench_crowd ORDER BY n`,
    'DROP TABLE bench_crowd',
    `INSERT INTO entities (id, holder_name, holder_id, is_root, mode, status, raw, synced_at, created_at)
     SELECT 'ent_bench' || n, ${pick(NAMES.last, 51)} || ' ' || ${pick(NAMES.last, 52)} || ', S.A. de C.V.', 'ABC' || lpad(n::text, 6, '0') || 'XX2', false, 'test', CASE WHEN n % 20 > 0 THEN 'operational' END, '{}', now(), ${created(ENTITIES)}
     FROM generate_series(1, ${ENTITIES}) n`,
    `INSERT INTO account_numbers (id, account_id, number, description, status, is_root, mode, metadata, raw, synced_at, created_at)
     SELECT 'acno_bench' || n, 'acc_bench', '738180' || lpad(n::text, 12, '0'), 'Cuenta de ' || ${pick(NAMES.first, 41)}, 'enabled', false, 'test', '{}', '{}', now(), ${created(customers)} ${each}`,
    `INSERT INTO wallets (id, kind, status, name, customer_id, created_at, updated_at)
     SELECT ${id('n')}::uuid, 'customer', 'open', CASE n % 10 WHEN 0 THEN 'Ahorro de ' || ${pick(NAMES.first, 41)} ELSE 'Principal' END, ${id('n')}::uuid, ${created(customers)}, now() ${each}`,
    `INSERT INTO wallet_assets (wallet_id, asset, state, terms_id, rail, pattern, account_id, account_number_id, created_at, updated_at)
     SELECT ${id('n')}::uuid, 'MXN', 'open', ${terms}::uuid, 'fintoc', 'A', 'acc_bench', 'acno_bench' || n, ${created(customers)}, now() ${each}`,
  ];
}
