'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { syncFintoc } from '~/lib/sync';
import { registerEndpoint } from '~/lib/webhooks/endpoints';

export const syncNowAction = operatorAction(z.object({}), syncFintoc);
export const registerEndpointAction = operatorAction(z.object({}), registerEndpoint);
