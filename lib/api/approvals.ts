import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  anyOf,
  BY_TIME,
  byId,
  idText,
  listOf,
  NONE,
  pageOf,
  paging,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import { actionsOfKind } from '~/lib/approvals/actions';
import { getApproval, listApprovals } from '~/lib/approvals/asked';
import type { Approval as Row } from '~/prisma/generated/client';
import { ApprovalState } from '~/prisma/generated/enums';

const tag = 'Approvals';
const STATES = Object.values(ApprovalState);
/** What moves money. Who works here, and by which rules, is the house's own. */
const ACTIONS = actionsOfKind('hold');

const Approval = z
  .strictObject({
    id: idText('approval'),
    object: z.literal('approval'),
    action: z.enum(ACTIONS),
    subject_id: z.string(),
    status: z.enum(STATES),
    asked_by: z.string(),
    reason: z.string(),
    asked_at: timeText,
    expires_at: timeText.nullable(),
    ended_at: timeText.nullable(),
  })
  .meta({ id: 'Approval', description: 'What was asked for and a person decides on, in the console.' });

function showApproval(row: Row): z.input<typeof Approval> {
  return {
    id: publicId('approval', row.id),
    object: 'approval',
    action: row.action as (typeof ACTIONS)[number],
    subject_id: subjectOf(row),
    status: row.state,
    asked_by: row.askedByName,
    reason: row.reason,
    asked_at: time(row.askedAt),
    expires_at: timeOrNull(row.expiresAt),
    ended_at: timeOrNull(row.endedAt),
  };
}

function subjectOf({ subjectType, subjectId }: Row): string {
  return subjectType === 'withdrawal' || subjectType === 'adjustment' || subjectType === 'withdrawal_batch'
    ? publicId(subjectType, subjectId)
    : subjectId;
}

const list = operation({
  id: 'listApprovals',
  method: 'GET',
  path: '/approvals',
  tag,
  summary: 'What moves money and waits, or waited, for a person. The newest first.',
  scope: 'approvals:read',
  params: NONE,
  query: z.strictObject({
    status: anyOf(z.enum(STATES)),
    action: anyOf(z.enum(ACTIONS)),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Approval).meta({ id: 'ApprovalList' }),
  async run({ query: { limit, status: state, action, cursor } }) {
    return pageOf(await listApprovals({ state, action: action ?? ACTIONS, cursor }, limit), showApproval);
  },
});

const get = operation({
  id: 'getApproval',
  method: 'GET',
  path: '/approvals/{id}',
  tag,
  summary: 'One approval.',
  scope: 'approvals:read',
  params: byId('approval'),
  query: NONE,
  body: null,
  status: 200,
  answer: Approval,
  run: async ({ params }) => showApproval(await getApproval(params.id, ACTIONS)),
});

export const approvals = { list, get };
