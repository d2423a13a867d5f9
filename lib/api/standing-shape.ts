import { z } from 'zod';
import { timeOrNull, timeText } from '~/lib/api/shapes';
import { FREEZE_DIRECTIONS } from '~/lib/wallets/frozen';
import type { Standing } from '~/lib/wallets/standing';

/** How a customer or portfolio stands as a whole: single wallets may be frozen or closed beside that. */
export const wholeStanding = {
  status: z.enum(['open', 'frozen', 'closed']),
  frozen_direction: z.enum(FREEZE_DIRECTIONS).nullable(),
  frozen_until: timeText.nullable(),
  closed_by: z.enum(['platform', 'customer']).nullable(),
};

export function showStanding(standing: Standing) {
  const freeze = standing.status === 'frozen' ? standing.freeze : null;
  return {
    status: standing.status,
    frozen_direction: freeze?.direction ?? null,
    frozen_until: timeOrNull(freeze?.until ?? null),
    closed_by: standing.status === 'closed' ? (standing.closedBy as 'platform' | 'customer' | null) : null,
  };
}
