import { randomUUID } from 'node:crypto';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';

type Secrets = { taxId: string; email: string; phone: string; clabe: string; text: string };

/** What was sent to the platform's own systems, and what one of them answered. */
export async function aWebhook(
  { id: madeById, name }: OperatorActor,
  { taxId, email, phone, clabe, text }: Secrets,
  eventId: bigint,
) {
  const resource = { tax_id: taxId, email, phone, destination: clabe, comment: text };
  const { id } = await db().webhookEndpoint.create({
    data: {
      ...{
        id: randomUUID(),
        name: 'Backend',
        url: 'https://example.com/',
        patterns: ['*'],
        scopes: ['events:read'],
      },
      ...{ version: '2026-11-26', madeByKind: 'operator', madeById, madeByName: name },
    },
  });
  await db().webhookDelivery.create({
    data: {
      ...{
        endpointId: id,
        eventId,
        type: 'customer.changed',
        subjectKind: 'customer',
        subjectId: id,
      },
      ...{ state: 'delivered', endedAt: new Date(), body: JSON.stringify({ resource }) },
      tries: {
        create: { durationMs: 1, requestHeaders: {}, status: 200, responseHeaders: {}, responseBody: text },
      },
    },
  });
}
