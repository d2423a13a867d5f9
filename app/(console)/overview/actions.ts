'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { syncFintoc } from '~/lib/inbox/sync';

export const askFintocAction = operatorAction(z.object({}), (actor) => syncFintoc(actor));
