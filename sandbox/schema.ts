import type { Pool } from 'pg';

// One entry per version, never edited once released: what ran is recorded in sandbox.versions.
const VERSIONS: string[] = [
  `
  create sequence sandbox.clabe_seq start 20400;
  create sequence sandbox.tracking_seq;
  create sequence sandbox.reference_seq maxvalue 9999999 cycle;

  create table sandbox.settings (
    id boolean primary key default true check (id),
    overrides jsonb not null default '{}'
  );

  create table sandbox.entities (
    seq bigint generated always as identity unique,
    id text primary key,
    country_code text not null,
    holder_id text not null,
    holder_name text not null,
    is_root boolean not null default false,
    status text not null,
    created_at timestamptz not null
  );
  -- Foreign companies share SAT's generic RFC; everybody else has one entity.
  create unique index on sandbox.entities (country_code, holder_id) where holder_id <> 'XEXX010101000';

  -- json, not jsonb, for what is answered as it was: jsonb forgets the order of its keys.
  create table sandbox.onboardings (
    seq bigint generated always as identity unique,
    id text primary key,
    entity_id text not null references sandbox.entities on delete cascade,
    data json not null,
    documents json not null,
    legal_representatives json not null,
    shareholders json not null,
    status text not null,
    source text not null default 'api',
    submitted_at timestamptz,
    reviewed_at timestamptz,
    created_at timestamptz not null
  );
  -- An entity has at most one onboarding under way or approved; after a rejection a new one may start.
  create unique index on sandbox.onboardings (entity_id) where status not in ('rejected', 'cancelled');

  create table sandbox.accounts (
    seq bigint generated always as identity unique,
    id text primary key,
    entity_id text not null references sandbox.entities,
    description text,
    status text not null default 'active',
    is_root boolean not null default false,
    currency text not null,
    balance bigint not null default 0 check (balance >= 0),
    created_at timestamptz not null
  );

  create table sandbox.account_numbers (
    seq bigint generated always as identity unique,
    id text primary key,
    account_id text not null references sandbox.accounts,
    number text not null unique,
    description text,
    metadata json not null default '{}',
    options json not null default '{}',
    status text not null default 'enabled',
    is_root boolean not null default false,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    last_transfer_at timestamptz
  );
  create index on sandbox.account_numbers (account_id, seq desc);
  create unique index on sandbox.account_numbers (account_id) where is_root;

  create table sandbox.transfers (
    seq bigint generated always as identity unique,
    id text primary key,
    account_id text not null references sandbox.accounts,
    account_number_id text not null references sandbox.account_numbers,
    direction text not null check (direction in ('inbound', 'outbound')),
    amount bigint not null check (amount > 0),
    currency text not null,
    status text not null,
    transaction_date timestamptz not null,
    post_date timestamptz,
    comment text,
    reference_id text,
    tracking_key text not null,
    has_receipt boolean not null default false,
    counterparty json not null,
    metadata json not null default '{}',
    return_reason text,
    movement_id text,
    -- What will happen to it by itself, first step first, and when; without a due time it waits for the control API.
    plan jsonb not null default '[]',
    due_at timestamptz
  );
  create index on sandbox.transfers (due_at) where due_at is not null;
  create index on sandbox.transfers (account_id, seq desc);
  create index on sandbox.transfers (account_number_id, seq desc);

  create table sandbox.movements (
    seq bigint generated always as identity unique,
    id text primary key,
    account_id text not null references sandbox.accounts,
    direction text not null check (direction in ('inbound', 'outbound')),
    type text not null,
    amount bigint not null check (amount > 0),
    balance bigint not null check (balance >= 0),
    currency text not null,
    resource_id text,
    return_pair_id text,
    transaction_date timestamptz not null
  );
  create index on sandbox.movements (account_id, seq desc);

  create table sandbox.account_verifications (
    seq bigint generated always as identity unique,
    id text primary key,
    transfer_id text not null unique references sandbox.transfers,
    status text not null default 'pending',
    reason text,
    counterparty json not null,
    transaction_date timestamptz not null
  );

  create table sandbox.webhook_endpoints (
    seq bigint generated always as identity unique,
    id text primary key,
    url text not null,
    description text,
    enabled_events text[] not null default '{}',
    secret text not null,
    status text not null default 'enabled',
    created_at timestamptz not null
  );

  create table sandbox.events (
    seq bigint generated always as identity unique,
    id text primary key,
    type text not null,
    resource_id text,
    body text not null,
    created_at timestamptz not null
  );
  create index on sandbox.events (resource_id);

  create table sandbox.deliveries (
    id bigint generated always as identity primary key,
    event_id text not null references sandbox.events,
    endpoint_id text not null references sandbox.webhook_endpoints on delete cascade,
    status text not null default 'pending',
    due_at timestamptz not null,
    attempts int not null default 0,
    claimed_until timestamptz,
    response_status int,
    error text,
    delivered_at timestamptz
  );
  create index on sandbox.deliveries (due_at, id) where status = 'pending';
  create index on sandbox.deliveries (event_id);

  create table sandbox.nonces (nonce text primary key, used_at timestamptz not null default now());
  create index on sandbox.nonces (used_at);

  create table sandbox.idempotency_keys (
    key text not null,
    path text not null,
    fingerprint text not null,
    status int not null,
    body text not null,
    created_at timestamptz not null,
    primary key (key, path)
  );

  create table sandbox.tracking_days (day text primary key, base bigint not null);

  -- Clave de rastreo of test mode: the day, 90735, and a 17-digit counter that starts again every day.
  create function sandbox.next_tracking_key(at timestamptz) returns text language plpgsql as $$
  declare
    today text := to_char(at at time zone 'UTC', 'YYYYMMDD');
    first bigint;
    n bigint := nextval('sandbox.tracking_seq');
  begin
    select base into first from sandbox.tracking_days where day = today;
    if first is null then
      insert into sandbox.tracking_days values (today, n - 1) on conflict (day) do nothing;
      select base into first from sandbox.tracking_days where day = today;
      -- Another transaction began the day with a later number: take one after it.
      while n <= first loop n := nextval('sandbox.tracking_seq'); end loop;
    end if;
    return today || '90735' || lpad((n - first)::text, 17, '0');
  end $$;

  -- Serialises requests that carry the same key until the transaction ends, then tells what the first one answered.
  create function sandbox.claim_idempotency_key(k text, p text, oldest timestamptz)
  returns table (fingerprint text, status int, body text) language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(k || ' ' || p, 735));
    return query select i.fingerprint, i.status, i.body from sandbox.idempotency_keys i
      where i.key = k and i.path = p and i.created_at > oldest;
  end $$;
  `,
  `
  -- Between two places there is always another one: a movement may appear late, behind newer ones.
  alter table sandbox.movements alter column seq drop identity;
  alter table sandbox.movements alter column seq type numeric;
  create sequence sandbox.movement_seq;
  select setval('sandbox.movement_seq', (select coalesce(floor(max(seq)), 0) + 1 from sandbox.movements)::bigint, false);
  alter table sandbox.movements alter column seq set default nextval('sandbox.movement_seq');

  -- By how much the balance that is told differs from what the movements come to.
  alter table sandbox.accounts add column stated_offset bigint not null default 0;

  -- A number that was deleted may be given out again, under another id.
  alter table sandbox.account_numbers drop constraint account_numbers_number_key;
  create unique index on sandbox.account_numbers (number) where status <> 'deleted';
  `,
  `
  -- Why a review ended as it did, in the reviewer's words.
  alter table sandbox.onboardings add column rejection json;
  `,
  `
  -- The delivery that has to have been tried before this one.
  alter table sandbox.deliveries add column after_id bigint;
  `,
  `
  -- Whose account a number is, where control says so; all others have a holder that is made up.
  create table sandbox.holders (account_number text primary key, holder_id text, holder_name text);

  -- Why a transfer of Chile failed; those of Mexico have no such word.
  alter table sandbox.transfers add column error_reason text;
  `,
];

const MIGRATION_LOCK = 7_350_969;

/** Brings the schema up to date. Several processes may start at once: one migrates, the others wait for it. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query('create schema if not exists sandbox');
    await client.query(
      'create table if not exists sandbox.versions (version int primary key, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ version: number }>('select version from sandbox.versions');
    const applied = new Set(rows.map((row) => row.version));
    for (const [index, ddl] of VERSIONS.entries()) {
      if (applied.has(index + 1)) continue;
      await client.query(ddl);
      await client.query('insert into sandbox.versions (version) values ($1)', [index + 1]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
