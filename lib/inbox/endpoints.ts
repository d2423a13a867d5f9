import { randomUUID } from 'node:crypto';
import { type Actor, authorize, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { asDomainError } from '~/lib/entities/entities';
import { isLocalFintoc, webhookUrl } from '~/lib/env';
import { DomainError } from '~/lib/errors';
import { log } from '~/lib/log';
import { type Asked, madeUnder, once } from '~/lib/once';
import { isMissing } from '~/lib/rails/failures';
import { railAndId } from '~/lib/rails/ids';
import type { Rail } from '~/lib/rails/rail';
import { mainRail, railOf } from '~/lib/rails/registry';
import { seal } from '~/lib/secrets';

/** Two may have the same time, and everybody has to mean the same one. */
export const NEWEST_FIRST = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];

/**
 * Has a rail deliver to us, and keeps the signing secret, sealed. Registering again rotates the secret: the one
 * before stays good until the next rotation, so that nothing under way is refused. Asked twice under one requestId, it
 * rotates once.
 */
export async function registerEndpoint(
  actor: Actor,
  { requestId = randomUUID() }: { requestId?: string } = {},
  rail = mainRail(),
): Promise<void> {
  authorize(actor, 'settings:write');
  const url = webhookUrl(rail.facts().name);
  const asked = { act: 'inbox_endpoint.register', requestId, content: { url } } as const;
  if ((await transaction((tx) => madeUnder(tx, actor, asked))) === null)
    await register(actor, rail, asked, url);
  await retireOlder(actor, rail);
}

async function register(actor: Actor, rail: Rail, asked: Asked, url: string): Promise<void> {
  const made = await asDomainError(() => rail.subscribe(url, `monedero:endpoint:${asked.requestId}`));
  const { id, secret } = made;
  if (!secret)
    throw new DomainError('fintoc_refused', 'The rail gave no signing secret.', {
      code: 'no_secret',
      reason: '',
    });
  const note = async (tx: Tx) => {
    await tx.inboxEndpoint.create({
      data: { id, rail: railAndId(id).rail, url, encryptedSecret: seal(secret) },
    });
    await recordAudit(tx, actor, {
      action: 'inbox_endpoint.registered',
      subject: 'inbox_endpoint',
      id,
      after: { url },
    });
    return { id };
  };
  await transaction((tx) =>
    once(
      tx,
      actor,
      asked,
      async (known) => ({ id: known }),
      () => note(tx),
    ),
  );
}

/**
 * Keeps the newest endpoint at the rail; of the older ones only the last one's secret still counts here. All older ones
 * are taken away there, not the last one alone: whoever registers at the same moment as others may find several.
 */
async function retireOlder(actor: Actor, rail: Rail): Promise<void> {
  const [, previous, ...older] = await db().inboxEndpoint.findMany({
    where: { rail: rail.facts().name, retiredAt: null },
    orderBy: NEWEST_FIRST,
  });
  if (previous) await takeAway(previous.id);
  for (const { id } of older) {
    if (!(await takeAway(id))) continue;
    await transaction(async (tx) => {
      const { count } = await tx.inboxEndpoint.updateMany({
        where: { id, retiredAt: null },
        data: { retiredAt: new Date() },
      });
      if (count > 0)
        await recordAudit(tx, actor, {
          action: 'inbox_endpoint.retired',
          subject: 'inbox_endpoint',
          id,
        });
    });
  }
}

/** Whether it is gone: what can't be taken away now is tried again at the next rotation. */
async function takeAway(id: string): Promise<boolean> {
  try {
    await railOf(id).unsubscribe(id);
    return true;
  } catch (error) {
    if (isMissing(error)) return true;
    log.warn({ endpoint: id, err: error }, 'endpoint not deleted');
    return false;
  }
}

/** The local Fintoc forgets and moves with its ports: there the worker registers by itself. */
export async function ensureLocalEndpoint(): Promise<void> {
  if (!isLocalFintoc()) return;
  const { name: rail } = mainRail().facts();
  const newest = await db().inboxEndpoint.findFirst({
    where: { rail, retiredAt: null },
    orderBy: NEWEST_FIRST,
  });
  if (newest?.url !== webhookUrl(rail)) await registerEndpoint(system('endpoints'));
}

export type EndpointRecord = {
  id: string;
  url: string;
  createdAt: Date;
  retiredAt: Date | null;
  rail: string;
  /** Whether deliveries signed with its secret are taken: of its rail the newest one's and the one's before. */
  secret: 'current' | 'previous' | 'retired';
};

/** Every registration, newest first. */
export async function listEndpoints(): Promise<EndpointRecord[]> {
  const rows = await db().inboxEndpoint.findMany({
    orderBy: NEWEST_FIRST,
    take: 20,
    select: { id: true, rail: true, url: true, createdAt: true, retiredAt: true },
  });
  return rows.map((row) => {
    const [current, previous] = rows.filter(({ rail, retiredAt }) => rail === row.rail && !retiredAt);
    return { ...row, secret: row === current ? 'current' : row === previous ? 'previous' : 'retired' };
  });
}
