import { clabeCheckDigit } from '~/lib/clabe';
import { newId } from '~/sandbox/ids';
import { type Db, now, row, type Sandbox } from '~/sandbox/state';
import type { AccountNumberRow, AccountRow, EntityRow } from '~/sandbox/views';

/** Accounts with their entity and root number, as a list or a search goes on. */
export const SELECT_ACCOUNTS = `
  select t.*, row_to_json(e) as entity, n.number as root_number, n.id as root_number_id
  from sandbox.accounts t
  join sandbox.entities e on e.id = t.entity_id
  join sandbox.account_numbers n on n.account_id = t.id and n.is_root`;

export function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  return row<AccountRow>(db, `${SELECT_ACCOUNTS} where t.id = $1`, [id]);
}

export async function rootAccount(db: Db): Promise<AccountRow> {
  const root = await row<AccountRow>(db, `${SELECT_ACCOUNTS} where t.is_root`);
  if (!root) throw new Error('The sandbox has no root account.');
  return root;
}

/** A new organisation: Fintoc makes its entity, whose holder it calls ND in test mode, and its first account. */
export async function createOrganisation(sandbox: Sandbox, db: Db): Promise<void> {
  if (await row(db, 'select 1 from sandbox.entities where is_root')) return;
  const entity = await createEntity(sandbox, db, {
    country_code: 'mx',
    holder_id: 'ND',
    holder_name: 'Empresa de Pruebas SA de CV',
    is_root: true,
    status: 'operational',
  });
  await createAccount(sandbox, db, { entity, description: null, isRoot: true });
}

export async function createEntity(
  sandbox: Sandbox,
  db: Db,
  entity: Omit<EntityRow, 'id'>,
): Promise<EntityRow> {
  const at = now(sandbox);
  const created = { id: newId('ent', at), ...entity };
  await db.query(
    `insert into sandbox.entities (id, country_code, holder_id, holder_name, is_root, status, created_at)
     select id, country_code, holder_id, holder_name, is_root, status, $2 from json_to_record($1)
     as e(id text, country_code text, holder_id text, holder_name text, is_root boolean, status text)`,
    [JSON.stringify(created), at],
  );
  return created;
}

/** Opens an account with a balance of zero and its root number. */
export async function createAccount(
  sandbox: Sandbox,
  db: Db,
  { entity, description, isRoot }: { entity: EntityRow; description: string | null; isRoot: boolean },
): Promise<AccountRow> {
  const at = now(sandbox);
  const id = newId('acc', at);
  const currency = entity.country_code === 'cl' ? 'CLP' : 'MXN';
  await db.query(
    `insert into sandbox.accounts (id, entity_id, description, is_root, currency, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, entity.id, description, isRoot, currency, at],
  );
  await createAccountNumber(sandbox, db, { accountId: id, currency, description, isRoot: true });
  const account = await findAccount(db, id);
  if (!account) throw new Error(`Account ${id} was not created.`);
  return account;
}

interface NewAccountNumber {
  accountId: string;
  currency: string;
  description: string | null;
  isRoot: boolean;
  /** One that was another's and is given out again; else the next. */
  number?: string;
  metadata?: Record<string, string>;
  options?: AccountNumberRow['options'];
}

export async function createAccountNumber(
  sandbox: Sandbox,
  db: Db,
  wanted: NewAccountNumber,
): Promise<AccountNumberRow> {
  const at = now(sandbox);
  const created = await row<AccountNumberRow>(
    db,
    `insert into sandbox.account_numbers
       (id, account_id, number, description, metadata, options, is_root, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning *`,
    [
      newId('acno', at),
      wanted.accountId,
      wanted.number ?? (await nextNumber(db, wanted.currency)),
      wanted.description,
      JSON.stringify(wanted.metadata ?? {}),
      JSON.stringify(wanted.options ?? {}),
      wanted.isRoot,
      at,
    ],
  );
  if (!created) throw new Error('The account number was not created.');
  return created;
}

/** Test mode numbers its CLABEs one after the other: bank 735, city 969. In Chile a number is twelve digits here. */
async function nextNumber(db: Db, currency: string): Promise<string> {
  const next = await row<{ n: bigint }>(db, `select nextval('sandbox.clabe_seq') as n`);
  if (currency === 'CLP') return String(next?.n).padStart(12, '0');
  const first17 = `735969${String(next?.n).padStart(11, '0')}`;
  return first17 + clabeCheckDigit(first17);
}
