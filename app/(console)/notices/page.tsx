import { Bell, CheckCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readAllNoticesAction } from '~/app/(console)/notices/actions';
import { NoticeList } from '~/app/(console)/notices/notice-list';
import { readNotices } from '~/app/(console)/notices/params';
import { Form, SubmitButton } from '~/components/form/form';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { followed } from '~/lib/live';
import { countUnread, listNotices } from '~/lib/notices/read';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('notices'))('title') };
}

/** What a person was told, and what of it they haven't read. */
export default async function NoticesPage({ searchParams }: PageProps<'/notices'>) {
  const operator = await requireOperator('console:read');
  const read = readNotices(await searchParams);
  const live = await followed(`notices:${operator.id}`);
  const [t, unread, { items, nextCursor }] = await Promise.all([
    getTranslations('notices'),
    countUnread(operator),
    listAsRead(read, (filter) => listNotices(operator, filter)),
  ]);
  const newest = items.reduce((id, notice) => (notice.id > id ? notice.id : id), 0n);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <Button asChild className="max-sm:flex-1">
              <Link href="/settings/preferences#notices">{t('choose')}</Link>
            </Button>
            {unread > 0 && newest > 0n ? (
              <Form
                act="read_all_notices"
                action={readAllNoticesAction}
                hidden={{ upTo: String(newest) }}
                success={t('allRead')}
                className="max-sm:flex-1"
              >
                <SubmitButton variant="secondary" className="max-sm:w-full">
                  <CheckCheck aria-hidden />
                  {t('readAll')}
                </SubmitButton>
              </Form>
            ) : null}
          </>
        }
      />
      <FilterBar
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'show',
            label: t('filters.show'),
            options: [{ value: 'unread', label: t('filters.unread') }],
          },
        ]}
      />
      {items.length === 0 ? (
        <Card>
          <EmptyState
            icon={Bell}
            title={t(read.filtered ? 'emptyUnread' : 'empty')}
            description={t(read.filtered ? 'emptyUnreadHint' : 'emptyHint')}
          />
        </Card>
      ) : (
        <NoticeList notices={items} />
      )}
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
