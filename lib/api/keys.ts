import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { z } from 'zod';
import { type Actor, authorize, type KeyLimit, type OperatorActor } from '~/lib/actor';
import { fitsKeyScope, movesMoney, permissionsOf, type Scope } from '~/lib/api/scopes';
import { NEWEST } from '~/lib/api/versions';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { waitingAbout } from '~/lib/approvals/read';
import { callOff } from '~/lib/approvals/words';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { limitsOf } from '~/lib/key-limits';
import { lockRow } from '~/lib/lock';
import { isAsset } from '~/lib/money';
import { once } from '~/lib/once';
import { requirePortfolios } from '~/lib/people/custom-roles';
import { operatorNames } from '~/lib/people/operator-names';
import type { Reader } from '~/lib/people/sight';
import { mainRail } from '~/lib/rails/registry';
import { covers } from '~/lib/roles';
import { lineOf } from '~/lib/text';
import { momentOf, type Until } from '~/lib/until';
import type { ApiKey, Prisma } from '~/prisma/generated/client';

export type NewKey = {
  name: string;
  scopes: readonly Scope[];
  /** By asset, in its smallest unit. */
  limits?: Readonly<Record<string, KeyLimit>> | undefined;
  /** Addresses or networks that it may come from (`203.0.113.7`, `203.0.113.0/24`, IPv6 too); none: anywhere. */
  addresses?: readonly string[] | undefined;
  expiresAt?: Until | undefined;
  /** Its scope: it reads what is of these portfolios, and nothing else. None: the whole house. */
  portfolioIds?: readonly string[] | undefined;
  requestId?: string | undefined;
};

/** `secret` is told this once; left out where the same was asked for before. */
export type MadeKey = { id: string; secret?: string };

const MOST_ADDRESSES = 50;

/**
 * Makes a key of the mode that the rail is in. One that may move money works once a second person has decided so
 * (`key.make`). Throws `invalid` with what doesn't fit.
 */
export async function makeKey(actor: OperatorActor, input: NewKey): Promise<MadeKey> {
  authorize(actor, 'keys:write');
  const facts = checked(input);
  if (!covers(actor.role, permissionsOf(facts.scopes)))
    throw new DomainError('forbidden', 'Nobody makes a key that may more than they.', {
      permission: 'keys:write',
    });
  const { requestId, expiresAt = null } = input;
  const secret = newSecret(facts.mode);
  const made = new Set<string>();
  const { id } = await transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'key.make', requestId, content: { ...facts, expiresAt } },
      (id) => tx.apiKey.findUniqueOrThrow({ where: { id } }),
      async () => {
        const key = await make(tx, actor, facts, secret);
        made.add(key.id);
        return key;
      },
    ),
  );
  return made.has(id) ? { id, secret } : { id };
}

type Facts = Pick<ApiKey, 'name' | 'mode' | 'addresses' | 'expiresAt' | 'portfolioIds'> & {
  scopes: Scope[];
  limits: Record<string, { each: string | null; day: string | null }>;
};

function checked(input: NewKey): Facts {
  const wrong: Record<string, string> = {};
  const { scopes, limits = {}, addresses = [] } = input;
  const portfolioIds = [...new Set(input.portfolioIds)].sort();
  const expiresAt = momentOf(input.expiresAt) ?? null;
  const name = lineOf(input.name);
  if (name === '') wrong.name = 'required';
  if (scopes.length === 0) wrong.scopes = 'required';
  if (addresses.length > MOST_ADDRESSES) wrong.addresses = 'too_long';
  if (addresses.some((address) => networkOf(address) === null)) wrong.addresses = 'address_format';
  if (expiresAt && expiresAt <= new Date()) wrong.expiresAt = 'in_the_past';
  if (portfolioIds.length > 0 && !scopes.every(fitsKeyScope)) wrong.portfolioIds = 'key_of_the_house';
  if (Object.keys(limits).some((asset) => !isAsset(asset))) wrong.limits = 'unknown_asset';
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  const text = (amount: bigint | null) => amount?.toString() ?? null;
  return {
    ...{ name, mode: mainRail().facts().mode, addresses: [...addresses], expiresAt, portfolioIds },
    scopes: [...new Set(scopes)].sort(),
    limits: Object.fromEntries(
      Object.entries(limits).map(([asset, { each, day }]) => [asset, { each: text(each), day: text(day) }]),
    ),
  };
}

async function make(tx: Tx, actor: OperatorActor, facts: Facts, secret: string): Promise<ApiKey> {
  const waits = movesMoney(facts.scopes);
  if (facts.portfolioIds.length > 0) await requirePortfolios(tx, facts.portfolioIds);
  const { id } = await tx.apiKey.create({
    data: {
      ...{ ...facts, version: NEWEST, madeById: actor.id },
      ...(!waits && { activeSince: new Date() }),
      secrets: { create: secretRow(actor, secret) },
    },
  });
  const { name, expiresAt, ...rest } = facts;
  const told = { name, ...rest, expiresAt: expiresAt?.toISOString() ?? null };
  await recordAudit(tx, actor, { action: 'api_key.made', subject: 'api_key', id, after: told });
  if (waits)
    await askToDo(
      tx,
      actor,
      { action: 'key.make', subjectId: id, facts: told, reason: name },
      { does: letIn },
    );
  return tx.apiKey.findUniqueOrThrow({ where: { id } });
}

/** Does what `key.make` asks for. */
export async function letIn(tx: Tx, actor: Actor, { subjectId: id }: Act): Promise<void> {
  const key = await lockKey(tx, id);
  if (key.revokedAt) throw new DomainError('conflict', 'The key is revoked.', { status: 'revoked' });
  await tx.apiKey.update({ where: { id }, data: { activeSince: new Date() } });
  await recordAudit(tx, actor, { action: 'api_key.let_in', subject: 'api_key', id });
}

/**
 * A new secret for a key; once it is in force those before it are good for `overlapHours` more, so that callers change one
 * by one. Of a key that may move money it is in force once a second person has decided so (`key.rotate`); one that waited
 * before it is called off. Whoever rotates counts as the key's maker from then on, and never decides on what it asks for.
 */
export async function rotateKey(
  actor: OperatorActor,
  { keyId, overlapHours }: { keyId: string; overlapHours: number },
): Promise<MadeKey & { waits: boolean }> {
  authorize(actor, 'keys:write');
  return transaction(async (tx) => {
    const { name, mode, scopes } = await lockLasting(tx, keyId);
    const secret = newSecret(mode);
    const isAlone = !movesMoney(scopes as Scope[]);
    const { id: secretId } = await tx.apiKeySecret.create({
      data: { keyId, ...secretRow(actor, secret), ...(!isAlone && { activeSince: null }) },
    });
    const facts: z.output<typeof rotation> = { name, mode, scopes, secretId, overlapHours };
    const act = { subjectId: keyId, facts, reason: name };
    if (isAlone) {
      await changeOver(tx, actor, { ...act, approvalId: null, askedById: null });
      return { id: keyId, secret, waits: false };
    }
    await callOff(tx, ['key.rotate'], keyId);
    const { waits } = await askToDo(tx, actor, { action: 'key.rotate', ...act }, { does: changeOver });
    return { id: keyId, secret, waits };
  });
}

const rotation = z.object({
  ...{ name: z.string(), mode: z.string(), scopes: z.array(z.string()) },
  ...{ secretId: z.uuid(), overlapHours: z.number() },
});

/** Does what `key.rotate` asks for. */
export async function changeOver(tx: Tx, actor: Actor, { subjectId: keyId, facts }: Act): Promise<void> {
  await lockLasting(tx, keyId);
  const { secretId, overlapHours } = rotation.parse(facts);
  const endsAt = new Date(Date.now() + overlapHours * 3_600_000);
  await tx.apiKeySecret.updateMany({
    where: {
      ...{ keyId, id: { not: secretId }, activeSince: { not: null } },
      OR: [{ endsAt: null }, { endsAt: { gt: endsAt } }],
    },
    data: { endsAt },
  });
  await tx.apiKeySecret.updateMany({
    where: { id: secretId, activeSince: null },
    data: { activeSince: new Date() },
  });
  await recordAudit(tx, actor, {
    action: 'api_key.rotated',
    subject: 'api_key',
    id: keyId,
    after: { endsAt: endsAt.toISOString() },
  });
}

/** Ends a key at once, also one that still waits for a second person. Twice is once. */
export async function revokeKey(
  actor: OperatorActor,
  { keyId, reason }: { keyId: string; reason: string },
): Promise<{ id: string }> {
  authorize(actor, 'keys:write');
  return transaction(async (tx) => {
    const key = await lockKey(tx, keyId);
    if (key.revokedAt) return key;
    await callOff(tx, ['key.make', 'key.rotate'], keyId);
    await tx.apiKey.update({ where: { id: keyId }, data: { revokedAt: new Date(), revokedById: actor.id } });
    await recordAudit(tx, actor, { action: 'api_key.revoked', subject: 'api_key', id: keyId, reason });
    return key;
  });
}

/** waiting: for a second person. refused: nobody let it in. */
export type KeyState = 'active' | 'waiting' | 'refused' | 'expired' | 'revoked';

const WITH_SECRETS = {
  secrets: {
    where: { activeSince: { not: null } },
    orderBy: { createdAt: 'desc' },
    select: { shown: true, endsAt: true, createdAt: true },
  },
} satisfies Prisma.ApiKeyInclude;

type Kept = Prisma.ApiKeyGetPayload<{ include: typeof WITH_SECRETS }>;

export type KeyRow = Omit<Kept, 'scopes' | 'limits'> & {
  scopes: Scope[];
  limits: Record<string, KeyLimit>;
  madeBy: string;
  state: KeyState;
  /** A new secret of it waits for a second person. */
  isRotating: boolean;
};

/** All keys, the newest first, with who made each and what is known of its newest secret. */
export async function listKeys(reader: Reader): Promise<KeyRow[]> {
  const [keys, waiting] = await Promise.all([
    db().apiKey.findMany({
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      include: WITH_SECRETS,
    }),
    waitingAbout(reader, 'api_key'),
  ]);
  const names = await operatorNames(keys.map(({ madeById }) => madeById));
  return keys.map((key) => ({
    ...key,
    scopes: key.scopes as Scope[],
    limits: limitsOf(key.limits),
    madeBy: names.get(key.madeById) ?? '',
    state: stateOf(key, waiting.get(key.id)?.has('key.make') ?? false),
    isRotating: waiting.get(key.id)?.has('key.rotate') ?? false,
  }));
}

function stateOf({ revokedAt, expiresAt, activeSince }: ApiKey, waits: boolean): KeyState {
  if (revokedAt) return 'revoked';
  if (isOver(expiresAt)) return 'expired';
  return activeSince ? 'active' : waits ? 'waiting' : 'refused';
}

const isOver = (at: Date | null) => at !== null && at <= new Date();

/** 256 random bits, so that a plain hash keeps them; what it begins with says what it is, also to who scans for leaks. */
function newSecret(mode: string): string {
  return `mk_${mode}_${randomBytes(32).toString('hex')}`;
}

export function hashOf(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}

function secretRow({ id }: OperatorActor, secret: string) {
  return { hash: hashOf(secret), shown: `${secret.slice(0, 12)}…${secret.slice(-4)}`, madeById: id };
}

/** An address or a network; null for what is neither. */
export function networkOf(text: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', bits, ...rest] = text.split('/');
  const version = net.isIP(address);
  const most = version === 4 ? 32 : 128;
  if (version === 0 || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null;
  const length = bits === undefined ? most : Number(bits);
  return length > most ? null : { address, bits: length, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/** A key that has not ended, locked. */
async function lockLasting(tx: Tx, id: string): Promise<ApiKey> {
  const key = await lockKey(tx, id);
  if (key.revokedAt || isOver(key.expiresAt))
    throw new DomainError('conflict', 'The key has ended.', { status: 'revoked' });
  return key;
}

async function lockKey(tx: Tx, id: string): Promise<ApiKey> {
  await lockRow(tx, 'api_keys', id);
  const key = await tx.apiKey.findUnique({ where: { id } });
  if (!key) throw notFound('api_key', id);
  return key;
}
