import { authorize, type OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import type { NoticeKind } from '~/lib/notices/kinds';
import type { Page } from '~/lib/pagination';
import type { Notice } from '~/prisma/generated/client';

const NEWEST = keyset({ occurredAt: 'time', id: 'number' }, 'desc');
const PAGE_SIZE = 50;
/** So long somebody can look them up. */
export const NOTICE_DAYS = 90;

type Person = Pick<OperatorActor, 'id'>;

export type NoticeRow = Pick<
  Notice,
  'id' | 'detail' | 'count' | 'path' | 'occurredAt' | 'readAt' | 'subjectKind' | 'subjectId'
> & {
  kind: NoticeKind;
  /** What it is about, by its name, where it has one that everybody sees. */
  about: string | null;
};

/** What a person was told, the newest first. */
export async function listNotices(
  { id: operatorId }: Person,
  {
    cursor,
    unread = false,
    size = PAGE_SIZE,
  }: { cursor?: string | undefined; unread?: boolean; size?: number } = {},
): Promise<Page<NoticeRow>> {
  const rows = await db().notice.findMany({
    where: { operatorId, ...(unread && { readAt: null }), ...NEWEST.where(cursor) },
    orderBy: NEWEST.orderBy,
    take: size + 1,
  });
  const { items, nextCursor } = NEWEST.page(rows, size);
  const names = await namesOf(items);
  return {
    nextCursor,
    items: items.map(({ kind, ...notice }) => ({
      ...notice,
      kind: kind as NoticeKind,
      about: names.get(`${notice.subjectKind} ${notice.subjectId}`) ?? null,
    })),
  };
}

/** Whose wallet or entity it is: names are visible to everybody here. */
async function namesOf(notices: readonly Notice[]): Promise<Map<string, string>> {
  const ids = (kind: string) =>
    notices.flatMap(({ subjectKind, subjectId }) => (subjectKind === kind ? [subjectId] : []));
  const [wallets, entities, customers] = await Promise.all([
    db().wallet.findMany({
      where: { id: { in: ids('wallet') } },
      select: { id: true, name: true, customer: { select: { name: true } } },
    }),
    db().entity.findMany({ where: { id: { in: ids('entity') } }, select: { id: true, holderName: true } }),
    db().customer.findMany({ where: { id: { in: ids('customer') } }, select: { id: true, name: true } }),
  ]);
  return new Map([
    ...wallets.map(({ id, name, customer }): [string, string] => [
      `wallet ${id}`,
      [customer?.name, name].filter(Boolean).join(' · '),
    ]),
    ...entities.map(({ id, holderName }): [string, string] => [`entity ${id}`, holderName]),
    ...customers.map(({ id, name }): [string, string] => [`customer ${id}`, name]),
  ]);
}

/** The number beside the bell. */
export async function countUnread({ id: operatorId }: Person): Promise<number> {
  return db().notice.count({ where: { operatorId, readAt: null } });
}

/** Read once, it stays read; nobody reads a colleague's. */
export async function readNotice(actor: OperatorActor, { noticeId }: { noticeId: bigint }): Promise<void> {
  authorize(actor, 'console:read');
  await markRead(actor, { id: noticeId });
}

/** All up to the newest that was on the page when they said so: what came since stays unread. */
export async function readAllNotices(actor: OperatorActor, { upTo }: { upTo: bigint }): Promise<void> {
  authorize(actor, 'console:read');
  await markRead(actor, { id: { lte: upTo } });
}

async function markRead({ id: operatorId }: Person, which: { id: bigint | { lte: bigint } }): Promise<void> {
  await db().notice.updateMany({
    where: { operatorId, readAt: null, ...which },
    data: { readAt: new Date() },
  });
}

/** Why the last mail to this person never arrived; null where it did, or none was written. */
export async function lastMailFailure({ id: operatorId }: Person): Promise<string | null> {
  const last = await db().noticeMail.findFirst({
    where: { operatorId, state: { not: 'waiting' } },
    orderBy: { createdAt: 'desc' },
    select: { state: true, error: true },
  });
  return last?.state === 'dead' ? (last.error ?? 'unknown') : null;
}

/** Deletes what is older than anybody looks, some at a time. Answers how many it deleted. */
export async function forgetNotices(): Promise<number> {
  const before = new Date(Date.now() - NOTICE_DAYS * 86_400_000);
  const old = await db().notice.findMany({
    where: { createdAt: { lt: before } },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
    take: 1_000,
  });
  await db().notice.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
  if (old.length === 0)
    await db().noticeMail.deleteMany({
      where: { createdAt: { lt: before }, state: { not: 'waiting' }, notices: { none: {} } },
    });
  return old.length;
}
