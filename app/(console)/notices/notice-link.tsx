'use client';

import type { ReactNode } from 'react';
import { readNoticeAction } from '~/app/(console)/notices/actions';
import { useAttempt } from '~/components/form/use-attempt';
import { Link } from '~/components/ui/link';
import { known } from '~/components/ui/to';

type NoticeLinkProps = { id: string; path: string; isUnread: boolean; children: ReactNode };

/** Leads to what a notice is about; whoever goes there has read it. */
export function NoticeLink({ id, path, isUnread, children }: NoticeLinkProps) {
  const [, attempt] = useAttempt();
  const read = async () => {
    const form = new FormData();
    form.set('noticeId', id);
    await readNoticeAction({ status: 'idle' }, form);
  };
  return (
    <Link
      href={known(path)}
      onClick={() => (isUnread ? attempt(read) : undefined)}
      className="rounded-sm after:absolute after:inset-0 hover:underline"
    >
      {children}
    </Link>
  );
}
