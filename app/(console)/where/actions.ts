'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { proveNow } from '~/lib/proof/resolve';
import { outsideId } from '~/lib/typed-text';

export const askFintocAction = operatorAction(z.object({ accountId: outsideId().optional() }), proveNow);
