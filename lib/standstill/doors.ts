import { randomUUID } from 'node:crypto';
import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import type { Queryable, Tx } from '~/lib/db';
import { endGoodOnce } from '~/lib/people/links';
import { operatorNames } from '~/lib/people/operator-names';
import { gainsPower } from '~/lib/people/power';
import { CUSTOM_ROLE, columnsOf, customRoleOf, isSameRole } from '~/lib/people/role-of';
import { endSessions } from '~/lib/people/sessions';
import { type CustomRole, can, type Role } from '~/lib/roles';
import { type HeldAgain, heldNow, holdAgain, walletNames } from '~/lib/standstill/held';
import type { Doors, Mark } from '~/lib/standstill/mark';
import { stop } from '~/lib/stops/stops';
import type { Prisma, Standstill } from '~/prisma/generated/client';

/** What was shut again. A password that was replaced is good again: only whoever has it can be told to change it. */
export type Shut =
  | { kind: 'operator'; id: string; what: 'disabled' | 'role' | 'password' }
  | { kind: 'key'; id: string; what: 'revoked' | 'rotated' }
  /** Payouts of an account, or of `all`. */
  | { kind: 'stop'; id: string; what: 'stopped' }
  | HeldAgain;

const ALL = 'all';

/** Who may get in, and what stands stopped or held, as these books have it. */
export async function doorsNow(client: Queryable): Promise<Doors> {
  const [row] = await client.$queryRaw<{ doors: Doors }[]>`
    SELECT jsonb_build_object(
      'operators', (SELECT coalesce(jsonb_object_agg(o.id, jsonb_build_object(
        'role', coalesce(${CUSTOM_ROLE}, to_jsonb(o.role)), 'disabled', o.disabled_at IS NOT NULL, 'password', o.password_version)), '{}')
        FROM operators o LEFT JOIN custom_roles r ON r.id = o.custom_role_id),
      'keys', (SELECT coalesce(jsonb_object_agg(k.id, jsonb_build_object('revoked', k.revoked_at IS NOT NULL, 'secrets', (
        SELECT coalesce(jsonb_object_agg(s.id, s.ends_at), '{}') FROM api_key_secrets s WHERE s.key_id = k.id))), '{}')
        FROM api_keys k),
      'stops', (SELECT coalesce(jsonb_object_agg(coalesce(x.account_id, ${ALL}::text), jsonb_build_object(
        'cause', x.cause, 'reason', x.reason, 'by', x.stopped_by_id)), '{}') FROM payout_stops x WHERE x.resumed_at IS NULL)) AS doors`;
  if (!row) throw new Error('One row is always answered.');
  return { ...row.doors, held: await heldNow(client) };
}

/**
 * Shuts again what was shut after the backup, as far as it is remembered outside these books: nothing is opened that
 * they keep shut. Answers what, and null where nothing is remembered of who may get in.
 */
export async function shutAgain(tx: Tx, marks: readonly Mark[]): Promise<Shut[] | null> {
  // Nobody remembers who left since: everybody signs in anew.
  await endSessions(tx, { cause: 'restored' });
  await endGoodOnce(tx);
  const [newest] = marks
    .flatMap(({ doors, writtenAt }) => (doors ? [{ doors, writtenAt }] : []))
    .sort((a, b) => (a.writtenAt < b.writtenAt ? 1 : -1));
  if (!newest) return null;
  const now = await doorsNow(tx);
  const shut: Shut[] = [];
  for (const [id, was] of Object.entries(newest.doors.operators)) {
    const is = now.operators[id];
    if (is) shut.push(...(await shutOperator(tx, id, is, was)));
  }
  for (const [id, was] of Object.entries(newest.doors.keys)) {
    const is = now.keys[id];
    if (is) shut.push(...(await shutKey(tx, id, is, was)));
  }
  for (const [id, was] of Object.entries(newest.doors.stops ?? {}))
    if (!now.stops?.[id]) shut.push(...(await stopAgain(tx, id, was)));
  if (newest.doors.held) shut.push(...(await holdAgain(tx, newest.doors.held)));
  return shut;
}

type OperatorDoor = Doors['operators'][string];
type KeyDoor = Doors['keys'][string];
type Stop = NonNullable<Doors['stops']>[string];

async function shutOperator(tx: Tx, id: string, is: OperatorDoor, was: OperatorDoor): Promise<Shut[]> {
  const shut: Shut[] = [];
  const data: Prisma.OperatorUncheckedUpdateInput = {};
  const tell = (what: Extract<Shut, { kind: 'operator' }>['what']) =>
    shut.push({ kind: 'operator', id, what });
  if (was.disabled && !is.disabled) {
    data.disabledAt = new Date();
    tell('disabled');
  }
  const role = await roleAgain(tx, { is: is.role, was: was.role });
  if (role) {
    Object.assign(data, columnsOf(role));
    tell('role');
  }
  if (was.password > is.password) {
    // Who asked to set another one over either of the two is told.
    data.passwordVersion = was.password + 1;
    tell('password');
  }
  if (shut.length === 0) return shut;
  const before = await tx.operator.findUniqueOrThrow({ where: { id } });
  const after = await tx.operator.update({ where: { id }, data });
  await recordAudit(tx, BOOKS, { action: 'operator.changed', subject: 'operator', id, before, after });
  return shut;
}

/**
 * Which role somebody gets in place of the one that these books know; null where they know of no more than is remembered.
 * A custom role lets people do and see no more than is remembered. Where these books don't know it, or never let this
 * person do all of it, one is made of what both let them do: nobody sees the house because their scope was forgotten.
 */
async function roleAgain(tx: Tx, { is, was }: { is: Role; was: Role }): Promise<Role | null> {
  const gives = gainsPower({ role: is, disabled: false }, { role: was, disabled: false });
  if (typeof was === 'string') return isSameRole(was, is) || gives ? null : was;
  if (
    isSameRole(was, is) ||
    (gives && !gainsPower({ role: was, disabled: false }, { role: is, disabled: false }))
  )
    return null;
  const known = await tx.customRole.findUnique({ where: { id: was.id } });
  if (known && !gives) return narrowed(tx, customRoleOf(known), was);
  const both: CustomRole = {
    id: known ? randomUUID() : was.id,
    name: await freeName(tx, was.name),
    permissions: was.permissions.filter((permission) => can(is, permission)),
    portfolioIds: scopeAgain(typeof is === 'string' ? [] : is.portfolioIds, was.portfolioIds ?? []),
  };
  const { id, ...made } = both;
  const data = { ...made, permissions: [...made.permissions], portfolioIds: [...made.portfolioIds] };
  await tx.customRole.create({ data: { id, ...data } });
  await recordAudit(tx, BOOKS, { action: 'role.created', subject: 'role', id, after: data });
  return both;
}

async function narrowed(tx: Tx, { id, name, ...before }: CustomRole, was: CustomRole): Promise<Role> {
  const after = {
    permissions: before.permissions.filter((permission) => was.permissions.includes(permission)),
    portfolioIds: scopeAgain(before.portfolioIds, was.portfolioIds ?? []),
  };
  const role = { id, name, ...after };
  if (!isSameRole(role, { id, name, ...before })) {
    await tx.customRole.update({ where: { id }, data: after });
    await recordAudit(tx, BOOKS, {
      ...{ action: 'role.changed', subject: 'role', id },
      ...{ before: { name, ...before }, after: { name, ...after } },
    });
  }
  return role;
}

async function freeName(tx: Tx, name: string): Promise<string> {
  const taken = await tx.customRole.count({ where: { name: { equals: name, mode: 'insensitive' } } });
  return taken === 0 ? name : `${name.slice(0, 50)} ${randomUUID().slice(0, 8)}`;
}

/** What both know of; one that the two have nothing of in common is as it is remembered, as none would be the whole house. */
function scopeAgain(is: readonly string[], was: readonly string[]): string[] {
  const both = was.filter((portfolio) => is.length === 0 || is.includes(portfolio));
  return [...(was.length === 0 ? is : both.length > 0 ? both : was)];
}

async function shutKey(tx: Tx, id: string, is: KeyDoor, was: KeyDoor): Promise<Shut[]> {
  if (was.revoked && !is.revoked) {
    await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
    await recordAudit(tx, BOOKS, { action: 'api_key.revoked', subject: 'api_key', id });
    return [{ kind: 'key', id, what: 'revoked' }];
  }
  const ends = Object.entries(is.secrets).flatMap(([secretId, end]) => {
    const ended = was.secrets[secretId];
    return ended && (!end || Date.parse(ended) < Date.parse(end))
      ? [{ secretId, endsAt: new Date(ended) }]
      : [];
  });
  for (const { secretId, endsAt } of ends)
    await tx.apiKeySecret.update({ where: { id: secretId }, data: { endsAt } });
  const [first] = ends;
  if (!first) return [];
  const after = { endsAt: first.endsAt.toISOString() };
  await recordAudit(tx, BOOKS, { action: 'api_key.rotated', subject: 'api_key', id, after });
  return [{ kind: 'key', id, what: 'rotated' }];
}

/** Of an account that these books don't know yet nothing can leave. */
async function stopAgain(tx: Tx, id: string, { cause, reason, by }: Stop): Promise<Shut[]> {
  const accountId = id === ALL ? null : id;
  if (accountId !== null && (await tx.account.count({ where: { id: accountId } })) === 0) return [];
  await stop(tx, BOOKS, { accountId, cause, reason, facts: {}, stoppedById: by });
  return [{ kind: 'stop', id, what: 'stopped' }];
}

/** What was shut again with the names; null where nothing was remembered of who may get in, at least once. */
export async function shutSince({
  facts,
}: Pick<Standstill, 'facts'>): Promise<(Shut & { name: string })[] | null> {
  type Told = { shut?: Shut[] | null };
  const { again = [], ...first } = facts as Told & { again?: Told[] };
  const shut: Shut[] = [];
  for (const told of [first, ...again]) {
    if (!told.shut) return null;
    shut.push(...told.shut);
  }
  const [people, wallets] = await Promise.all([
    operatorNames(shut.flatMap(({ kind, id }) => (kind === 'operator' || kind === 'key' ? [id] : []))),
    walletNames(shut),
  ]);
  return shut.map((each) => ({ ...each, name: people.get(each.id) ?? wallets.get(each.id) ?? each.id }));
}

const BOOKS = system('standstill');
