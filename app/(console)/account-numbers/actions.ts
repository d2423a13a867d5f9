'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { note, outsideId } from '~/lib/typed-text';
import { enableNumber } from '~/lib/wallets/number-states';
import { keepNumberAfterAll, quarantineNumber } from '~/lib/wallets/quarantine';

const change = z.object({ accountNumberId: outsideId(64), reason: note(500) });

export const quarantineNumberAction = operatorAction(
  change.extend({ requestId: z.uuid() }),
  quarantineNumber,
);
export const keepNumberAction = operatorAction(change, keepNumberAfterAll);
export const enableNumberAction = operatorAction(change, enableNumber);
