import { expect } from '@playwright/test';
import { unique } from '~/e2e/fixtures';
import { SOON } from '~/e2e/given';
import type { OperatorActor } from '~/lib/actor';
import { createEndpoint } from '~/lib/webhooks/endpoints';
import { listDeliveries } from '~/lib/webhooks/read';
import { sendTest } from '~/lib/webhooks/resend';

/** An endpoint that nobody listens at, a message that found nobody, and the page of each. */
export async function told(admin: OperatorActor) {
  const { id: endpointId } = await createEndpoint(admin, {
    ...{ name: unique('Backend'), url: 'http://127.0.0.1:9/eventos', patterns: ['customer.created'] },
  });
  await sendTest(admin, { endpointId });
  const tried = async () => (await listDeliveries(endpointId, {})).items.find(({ lastTry }) => lastTry);
  await expect.poll(tried, SOON).toBeDefined();
  const path = `/settings/webhooks/${endpointId}`;
  return [
    { path, dialogs: [{ 'es-MX': 'Renovar secreto', en: 'Rotate secret' }] },
    { path: `${path}/${(await tried())?.id}` },
  ];
}
