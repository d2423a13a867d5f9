import { db, transaction } from '~/lib/db';
import { log } from '~/lib/log';
import type { NoticeKind } from '~/lib/notices/kinds';
import { NOTICE_KINDS } from '~/lib/notices/kinds';
import { writeMail } from '~/lib/notices/mail-text';
import { consoleAddress, type Letter, post, Unposted } from '~/lib/notices/post';
import { type Held, nextTry, type Queue, stillHeld, workOff } from '~/lib/queue';
import { Prisma } from '~/prisma/generated/client';

/** Longer than a server may take; the waits add up to a day and some. */
export const QUEUE: Queue = {
  name: 'notice_mails',
  leaseSeconds: 60,
  backoff: { firstMs: 10_000, mostMs: 4 * 3_600_000 },
  mostAttempts: 16,
};

const DUE = Prisma.sql`
  SELECT id::text AS item FROM notice_mails WHERE state = 'waiting' ORDER BY created_at, id LIMIT 500`;

/**
 * Sends the mails that wait. One that was sent is not sent again; a worker that dies after the server took it and before
 * that is written down leaves it to be sent once more, under the same id. Answers how many it worked on.
 */
export function sendMails(queue = QUEUE): Promise<number> {
  return workOff(queue, DUE, 10, send);
}

async function send(held: Held): Promise<void> {
  const letter = await letterOf(held.item);
  if (letter === null) return end(held, 'dead', 'nobody');
  try {
    await post(letter);
  } catch (error) {
    if (!(error instanceof Unposted)) throw error;
    if (error.isFinal || nextTry(held.queue, held.attempts).isLast) {
      log.error({ mail: held.item, attempts: held.attempts, reason: error.message }, 'mail given up');
      return end(held, 'dead', error.message);
    }
    await note(held, error.message);
    throw error;
  }
  await end(held, 'sent');
}

/** Null where nobody is to get it any more. */
async function letterOf(id: string): Promise<Letter | null> {
  const { operator, day, notices } = await db().noticeMail.findUniqueOrThrow({
    where: { id },
    select: {
      day: true,
      operator: { select: { name: true, email: true, locale: true, disabledAt: true } },
      notices: { select: { kind: true } },
    },
  });
  if (operator.disabledAt !== null) return null;
  const counts = NOTICE_KINDS.flatMap((kind: NoticeKind) => {
    const count = notices.filter((notice) => notice.kind === kind).length;
    return count > 0 ? [{ kind, count }] : [];
  });
  const { locale, email, name } = operator;
  const written = writeMail({ locale, isDaily: day !== null, counts, base: consoleAddress() });
  return { ...written, id, to: { name, address: email } };
}

async function end(held: Held, state: 'sent' | 'dead', error: string | null = null): Promise<void> {
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await tx.noticeMail.update({
      where: { id: held.item, state: 'waiting' },
      data: { state, endedAt: new Date(), error },
    });
  });
}

async function note(held: Held, error: string): Promise<void> {
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await tx.noticeMail.update({ where: { id: held.item }, data: { error } });
  });
}
