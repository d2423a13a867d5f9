import type { Actor } from '~/lib/actor';
import type { Asked } from '~/lib/approvals/ask';
import type { Tx } from '~/lib/db';
import { madeUnder, once } from '~/lib/once';
import type { Approval } from '~/prisma/generated/client';

/** What somebody asks to be decided on, as they sent it: sent again under its id it is the approval that it was. */
export type Sent = Pick<Asked, 'action' | 'subjectId'> & {
  /** Minted by whoever asks, before they ask. Left out, every call asks anew. */
  requestId?: string | undefined;
  /** What they chose, without what was reckoned from now. */
  content: object;
};

/** The approval that this asked for when it was sent before; null where it wasn't. Throws `request_reused`. */
export async function approvalUnder(tx: Tx, actor: Actor, sent: Sent): Promise<Approval | null> {
  const id = await madeUnder(tx, actor, requestOf(sent));
  return id === null ? null : tx.approval.findUniqueOrThrow({ where: { id } });
}

/** Writes down which approval this asked for. */
export async function noteUnder(tx: Tx, actor: Actor, sent: Sent, { id }: { id: string }): Promise<void> {
  await once(
    tx,
    actor,
    requestOf(sent),
    async (before) => ({ id: before }),
    async () => ({ id }),
  );
}

/** Beside what the act itself is done once under. */
function requestOf({ action, subjectId, requestId, content }: Sent) {
  return {
    act: 'approval.ask',
    requestId: requestId && `asked:${requestId}`,
    content: { action, subjectId, ...content },
  } as const;
}
