'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { cancelAct } from '~/lib/approvals/acts';
import { decideApproval } from '~/lib/approvals-registry';
import { note } from '~/lib/text';

const asked = z.object({ approvalId: z.uuid() });

export const approveAction = operatorAction(asked, (actor, { approvalId }) =>
  decideApproval(actor, { approvalId, verdict: 'approved' }),
);
export const declineAction = operatorAction(
  asked.extend({ reason: note(500) }),
  (actor, { approvalId, reason }) => decideApproval(actor, { approvalId, verdict: 'declined', reason }),
);
export const cancelAction = operatorAction(asked, cancelAct);
