import { getTranslations } from 'next-intl/server';
import { Choices } from '~/app/(console)/day/choices';
import { FlowChart } from '~/app/(console)/day/flow-chart';
import { Glance } from '~/app/(console)/day/glance';
import { HourStrip } from '~/app/(console)/day/hour-strip';
import { readDayLook } from '~/app/(console)/day/params';
import { Statement } from '~/app/(console)/day/statement';
import { PageHeader } from '~/components/layout/page-header';
import { Live } from '~/components/live/live';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { zoneWords } from '~/components/words/zone-name';
import { dayAssets, listDayAccounts, readDay } from '~/lib/books/day';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('day'))('title') };
}

/** What a day, a week, a month or any days brought, beside those before; today's as it comes in. */
export default async function DayPage({ searchParams }: PageProps<'/day'>) {
  const operator = await requireOperator('console:read');
  const now = new Date();
  const { read, look } = readDayLook(await searchParams, now);
  const { asset, accountId, timeZone, span, before, stride } = look;
  // The token first: what changes while the page is read is then seen as a change.
  const live = await followed('movements');
  const [t, zones, assets, accounts, day] = await Promise.all([
    getTranslations('day'),
    getTranslations('common.zones'),
    dayAssets(),
    listDayAccounts(operator, asset, accountId),
    readDay({ asset, accountId }, { span, compared: before.span, stride, timeZone }),
  ]);
  const account = accounts.find(({ id }) => id === accountId);
  if (accountId && !account) read.cannotRead('account');
  const address = read.done({});
  const isRead = address.unreadable.length === 0;
  return (
    <>
      <PageHeader title={t('title')} description={t('description', { zone: zoneWords(zones)(timeZone) })} />
      <Choices look={look} assets={assets} accounts={accounts} read={address} />
      {isRead ? (
        <>
          {day.isWhole ? null : (
            <Alert tone="danger" title={t('notWhole.title')} className="mb-6">
              {t.rich('notWhole.hint', {
                link: (chunks) => (
                  <Link href="/proof" className="underline underline-offset-4">
                    {chunks}
                  </Link>
                ),
              })}
            </Alert>
          )}
          <Glance day={day} look={look} />
          <FlowChart buckets={day.buckets} look={look} />
          <Statement day={day} look={look} account={account ?? null} readerZone={operator.timeZone}>
            <HourStrip hours={day.hours} look={look} />
          </Statement>
        </>
      ) : null}
      {now < span.before ? <Live {...live} /> : null}
    </>
  );
}
