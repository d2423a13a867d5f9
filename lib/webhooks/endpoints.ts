import { randomUUID } from 'node:crypto';
import { type Actor, authorize, type KeyActor, type OperatorActor } from '~/lib/actor';
import type { Scope } from '~/lib/api/scopes';
import { NEWEST } from '~/lib/api/versions';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { seal, unseal } from '~/lib/secrets';
import { lineOf } from '~/lib/text';
import { mayReach, numberOf } from '~/lib/webhooks/address';
import { hasten } from '~/lib/webhooks/hasten';
import { newWebhookSecret } from '~/lib/webhooks/sign';
import { ENDPOINT_SCOPES, isPattern } from '~/lib/webhooks/told';
import type { WebhookEndpoint, WebhookSecret } from '~/prisma/generated/client';

/** Who sets an endpoint up: an admin, or a key that may. */
export type Owner = OperatorActor | KeyActor;

export type EndpointFacts = {
  name: string;
  url: string;
  /** `*`, `wallet.*` or whole types. */
  patterns: readonly string[];
};
export type NewEndpoint = EndpointFacts & {
  /** What of the API it sees; a key gives no more than it has. Left out: all that whoever makes it may read. */
  scopes?: readonly Scope[] | undefined;
  requestId?: string | undefined;
};

/** `secret` is told to who asks, under that requestId alone; left out once another has replaced it. */
export type MadeEndpoint = { id: string; secret?: string };

const URL_MAX = 2_000;
const MOST_PATTERNS = 100;
const MOST_ENDPOINTS = 50;
/** A secret that another one replaced is good for so long more, so that receivers change one by one. */
export const OVERLAP_HOURS = [0, 24, 168] as const;

/** Sets up where the platform is told of what happens, from now on. Throws `invalid` with what doesn't fit. */
export async function createEndpoint(actor: Owner, input: NewEndpoint): Promise<MadeEndpoint> {
  authorize(actor, 'webhooks:write');
  const facts = checked(input);
  const scopes = await scopesFor(actor, input.scopes);
  const secret = newWebhookSecret();
  const made = new Set<string>();
  const { id } = await transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'webhook_endpoint.create', requestId: input.requestId, content: { ...facts, scopes } },
      (madeId) => tx.webhookEndpoint.findUniqueOrThrow({ where: { id: madeId } }),
      async () => {
        const row = await make(tx, actor, { ...facts, scopes }, secret);
        made.add(row.id);
        return row;
      },
    ),
  );
  return made.has(id) ? { id, secret } : { id, ...(await firstSecret(id)) };
}

/** Of an endpoint whose secret was not replaced yet, for who asks again because the answer was lost. */
async function firstSecret(endpointId: string): Promise<{ secret?: string }> {
  const [first, second] = await db().webhookSecret.findMany({ where: { endpointId }, take: 2 });
  return first && !second ? { secret: unseal(first.encrypted) } : {};
}

async function make(
  tx: Tx,
  actor: Owner,
  facts: Checked & { scopes: Scope[] },
  secret: string,
): Promise<WebhookEndpoint> {
  if ((await tx.webhookEndpoint.count({ where: { state: { not: 'removed' } } })) >= MOST_ENDPOINTS)
    throw new DomainError('conflict', 'There are as many endpoints as there may be.', {
      limit: String(MOST_ENDPOINTS),
    });
  const row = await tx.webhookEndpoint.create({
    data: {
      ...{ ...facts, id: randomUUID(), version: NEWEST },
      ...{ madeByKind: actor.kind, madeById: actor.id, madeByName: actor.name },
      secrets: { create: secretRow(secret) },
    },
  });
  await audit(tx, actor, 'created', row.id, { after: told(row) });
  return row;
}

type Changes = Partial<EndpointFacts> & { scopes?: readonly Scope[] | undefined };
type EndpointChange = Changes & { endpointId: string; to?: 'on' | 'off' | undefined };

/**
 * Another name, address, choice of types or of what it may see, on or off: all of it or nothing. What waits goes to the
 * new address. A key changes none that sees more than the key does.
 */
export async function changeEndpoint(
  actor: Owner,
  { endpointId, to, ...changes }: EndpointChange,
): Promise<WebhookEndpoint> {
  authorize(actor, 'webhooks:write');
  return transaction(async (tx) => {
    const before = await lockEndpoint(tx, endpointId);
    const isOther = Object.values(changes).some((change) => change !== undefined);
    const changed = isOther ? await change(tx, actor, before, changes) : before;
    return to ? switchTo(tx, actor, changed, to) : changed;
  });
}

async function change(
  tx: Tx,
  actor: Owner,
  before: WebhookEndpoint,
  changes: Changes,
): Promise<WebhookEndpoint> {
  const data = checked({
    name: changes.name ?? before.name,
    url: changes.url ?? before.url,
    patterns: changes.patterns ?? before.patterns,
  });
  const scopes = changes.scopes ? await scopesFor(actor, changes.scopes) : before.scopes;
  if (actor.kind === 'key') await scopesFor(actor, before.scopes as Scope[]);
  const after = await tx.webhookEndpoint.update({ where: { id: before.id }, data: { ...data, scopes } });
  await audit(tx, actor, 'changed', before.id, { before: told(before), after: told(after) });
  return after;
}

/** Off: nothing more is queued for it, and what waits stays. On again it goes on. Twice is once. */
export async function switchEndpoint(
  actor: Owner,
  { endpointId, to }: { endpointId: string; to: 'on' | 'off' },
): Promise<WebhookEndpoint> {
  authorize(actor, 'webhooks:write');
  return transaction(async (tx) => switchTo(tx, actor, await lockEndpoint(tx, endpointId), to));
}

async function switchTo(
  tx: Tx,
  actor: Owner,
  before: WebhookEndpoint,
  to: 'on' | 'off',
): Promise<WebhookEndpoint> {
  if (before.state === to) return before;
  const { id } = before;
  const after = await tx.webhookEndpoint.update({
    where: { id },
    data:
      to === 'on'
        ? { state: 'on', offReason: null, offSince: null, failingSince: null }
        : { state: 'off', offReason: 'by_hand', offSince: new Date() },
  });
  if (to === 'on') await hasten(tx, id);
  await audit(tx, actor, to === 'on' ? 'switched_on' : 'switched_off', id, {});
  return after;
}

/** Ends it for good; what was delivered can be read on. Twice is once. */
export async function removeEndpoint(actor: Owner, { endpointId }: { endpointId: string }): Promise<void> {
  authorize(actor, 'webhooks:write');
  await transaction(async (tx) => {
    await lockRow(tx, 'webhook_endpoints', endpointId);
    const row = await tx.webhookEndpoint.findUnique({ where: { id: endpointId } });
    if (!row) throw notFound('webhook_endpoint', endpointId);
    if (row.state === 'removed') return;
    const at = new Date();
    await tx.webhookEndpoint.update({
      where: { id: endpointId },
      data: { state: 'removed', offReason: 'by_hand', offSince: at },
    });
    await tx.webhookDelivery.updateMany({
      where: { endpointId, state: 'waiting' },
      data: { state: 'given_up', endedAt: at },
    });
    await audit(tx, actor, 'removed', endpointId, {});
  });
}

type Rotation = { endpointId: string; overlapHours: number; requestId?: string | undefined };

/**
 * A new secret, told this once; the one before it signs beside it for `overlapHours` more. There are never more than
 * two: what is older ends at once. Whoever lost the answer and asks again under the same requestId is told the same
 * secret: another one would end the one that receivers know.
 */
export async function rotateSecret(actor: Owner, { requestId, ...asked }: Rotation): Promise<MadeEndpoint> {
  authorize(actor, 'webhooks:write');
  const { encrypted } = await transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'webhook_endpoint.rotate_secret', requestId, content: asked },
      (id) => tx.webhookSecret.findUniqueOrThrow({ where: { id } }),
      () => rotate(tx, actor, asked),
    ),
  );
  return { id: asked.endpointId, secret: unseal(encrypted) };
}

async function rotate(
  tx: Tx,
  actor: Owner,
  { endpointId, overlapHours }: Omit<Rotation, 'requestId'>,
): Promise<WebhookSecret> {
  await lockEndpoint(tx, endpointId);
  const [now, endsAt] = [new Date(), new Date(Date.now() + overlapHours * 3_600_000)];
  await tx.webhookSecret.updateMany({
    where: { endpointId, endsAt: { gt: now } },
    data: { endsAt: now },
  });
  await tx.webhookSecret.updateMany({ where: { endpointId, endsAt: null }, data: { endsAt } });
  await audit(tx, actor, 'secret_rotated', endpointId, { after: { endsAt: endsAt.toISOString() } });
  return tx.webhookSecret.create({ data: { endpointId, ...secretRow(newWebhookSecret()) } });
}

/** An endpoint that was not removed, locked. */
export async function lockEndpoint(tx: Tx, id: string): Promise<WebhookEndpoint> {
  await lockRow(tx, 'webhook_endpoints', id);
  const row = await tx.webhookEndpoint.findUnique({ where: { id } });
  if (!row || row.state === 'removed') throw notFound('webhook_endpoint', id);
  return row;
}

type Act = 'created' | 'changed' | 'switched_on' | 'switched_off' | 'removed' | 'secret_rotated';

function audit(tx: Tx, actor: Actor, act: Act, id: string, what: { before?: object; after?: object }) {
  return recordAudit(tx, actor, {
    action: `webhook_endpoint.${act}`,
    subject: 'webhook_endpoint',
    id,
    ...what,
  });
}

/** The path of an address may be a secret too: whoever knows it posts there. */
function told({ name, url, patterns, scopes }: WebhookEndpoint) {
  return { name, address: new URL(url).origin, patterns, scopes };
}

type Checked = { name: string; url: string; patterns: string[] };

function checked(input: EndpointFacts): Checked {
  const wrong: Record<string, string> = {};
  const name = lineOf(input.name);
  if (name === '') wrong.name = 'required';
  const url = URL.canParse(input.url.trim()) ? new URL(input.url.trim()) : null;
  const fault = url ? faultOf(url) : 'url_format';
  if (fault) wrong.url = fault;
  const patterns = [...new Set(input.patterns)].sort();
  if (patterns.length === 0) wrong.patterns = 'required';
  else if (patterns.length > MOST_PATTERNS) wrong.patterns = 'too_long';
  else if (!patterns.every(isPattern)) wrong.patterns = 'pattern_unknown';
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  return { name, url: url?.href ?? '', patterns };
}

/** What shows in the address itself; what its name leads to is looked at whenever something is sent. */
function faultOf(url: URL): string | null {
  const { protocol, hostname, username, password, href } = url;
  if (!/^https?:$/.test(protocol) || href.length > URL_MAX) return 'url_format';
  if (username || password) return 'url_with_password';
  const encrypted = protocol === 'https:';
  const number = numberOf(url) ?? (hostname === 'localhost' ? '127.0.0.1' : null);
  if (number !== null) return mayReach(number, { encrypted }) ? null : 'address_refused';
  return encrypted ? null : 'url_needs_https';
}

async function scopesFor(actor: Owner, wanted: readonly Scope[] | undefined): Promise<Scope[]> {
  const own = actor.kind === 'key' ? await scopesOfKey(actor.id) : ENDPOINT_SCOPES;
  const scopes = [...new Set(wanted ?? own)].sort();
  if (scopes.length === 0) throw new InvalidInputError({ scopes: 'required' });
  if (!scopes.every((scope) => own.includes(scope))) throw new InvalidInputError({ scopes: 'scope_beyond' });
  return scopes;
}

async function scopesOfKey(id: string): Promise<Scope[]> {
  const { scopes } = await db().apiKey.findUniqueOrThrow({ where: { id } });
  return ENDPOINT_SCOPES.filter((scope) => scopes.includes(scope));
}

function secretRow(secret: string) {
  return { encrypted: seal(secret), shown: `…${secret.slice(-4)}` };
}
