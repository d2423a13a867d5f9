'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { line, typed } from '~/lib/typed-text';
import {
  changeEndpoint,
  createEndpoint,
  removeEndpoint,
  rotateSecret,
  switchEndpoint,
} from '~/lib/webhooks/endpoints';
import { resendDelivery, resendSince, sendTest } from '~/lib/webhooks/resend';
import { ENDPOINT_SCOPES } from '~/lib/webhooks/told';

const endpointId = z.uuid();
const patterns = typed(5_000).transform((text) => text.split(/[\s,;]+/).filter(Boolean));
const facts = { name: line(80), url: line(2_000), patterns };
const overlapHours = z.enum(['0', '24', '168']).transform(Number);
const since = z
  .enum(['1', '24', '72', '168'])
  .transform((hours) => new Date(Date.now() - Number(hours) * 3_600_000));
const deliveryId = typed(18)
  .refine((text) => /^\d+$/.test(text))
  .transform(BigInt);

export const createEndpointAction = operatorAction(
  z.object({ ...facts, requestId: z.uuid() }),
  createEndpoint,
);
const ticked = Object.fromEntries(ENDPOINT_SCOPES.map((scope) => [scope, z.literal('on').optional()]));
const change = z
  .object({ endpointId, ...facts, ...ticked })
  .transform(({ endpointId, name, url, patterns, ...on }) => ({
    ...{ endpointId, name, url, patterns },
    scopes: ENDPOINT_SCOPES.filter((scope) => (on as Record<string, unknown>)[scope] === 'on'),
  }));
export const changeEndpointAction = operatorAction(change, changeEndpoint);
export const switchEndpointAction = operatorAction(
  z.object({ endpointId, to: z.enum(['on', 'off']) }),
  switchEndpoint,
);
export const rotateSecretAction = operatorAction(
  z.object({ endpointId, overlapHours, requestId: z.uuid() }),
  rotateSecret,
);
export const removeEndpointAction = operatorAction(z.object({ endpointId }), removeEndpoint, {
  redirectTo: () => '/settings/webhooks',
});
export const sendTestAction = operatorAction(z.object({ endpointId }), sendTest);
export const resendSinceAction = operatorAction(z.object({ endpointId, since }), resendSince);
export const resendDeliveryAction = operatorAction(z.object({ endpointId, deliveryId }), resendDelivery);
