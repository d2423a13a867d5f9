import { beforeEach, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { processEvents } from '~/lib/inbox/process';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { withLocalFintoc } from '~/lib/testing/sandbox';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();
const fintoc = withLocalFintoc();
beforeEach(() => fintoc.calm());

let serial = 100;
/** What Fintoc says of the KYB of an entity that somebody made in its Dashboard since our last sync. */
async function onboardingEvent(entityId?: string) {
  serial += 1;
  const entity =
    entityId ??
    (
      await fintoc.api('POST', '/v2/entities', {
        country_code: 'mx',
        holder_name: 'Nueva',
        holder_id: `NUE800101${serial}`,
      })
    ).id;
  const data = { id: `onbprc_${serial}`, entity_id: entity, status: 'approved', documents: [] };
  const event = fintocEvent(data, { type: 'entity.onboarding.approved' });
  await deliver(event);
  return { entityId: entity as string, onboardingId: data.id, eventId: event.id };
}

const eventRow = (id: string) => db().inboxEvent.findUniqueOrThrow({ where: { id } });

it('an onboarding of an entity that no sync brought yet is taken in at once, with its entity', async () => {
  const { entityId, onboardingId, eventId } = await onboardingEvent();
  expect(await db().entity.findUnique({ where: { id: entityId } })).toBeNull();
  await drain();
  expect(await db().entity.findUnique({ where: { id: entityId } })).toMatchObject({ holderName: 'Nueva' });
  expect(await db().onboarding.findUnique({ where: { id: onboardingId } })).toMatchObject({
    entityId,
    status: 'approved',
  });
  expect(await eventRow(eventId)).toMatchObject({ state: 'processed', attempts: 1 });
});

it('an entity that can’t be had now is asked for again, and keeps nobody else waiting', async () => {
  const { entityId, eventId } = await onboardingEvent();
  const nobody = await onboardingEvent('ent_nobody');
  await fintoc.control('POST', '/faults', {
    kind: 'empty_503',
    method: 'GET',
    path: `/v2/entities/${entityId}`,
  });
  await processEvents();
  expect(await eventRow(eventId)).toMatchObject({ state: 'retrying', attempts: 1 });
  expect(await eventRow(nobody.eventId)).toMatchObject({ state: 'retrying', attempts: 1 });
  const third = await onboardingEvent();
  await db().inboxEvent.updateMany({ data: { nextAttemptAt: new Date(Date.now() - 1_000) } });
  await processEvents();
  expect(await eventRow(eventId)).toMatchObject({ state: 'processed' });
  expect(await eventRow(third.eventId)).toMatchObject({ state: 'processed' });
  expect(await eventRow(nobody.eventId)).toMatchObject({ state: 'retrying', attempts: 2 });
});
