import { ArrowLeftRight, SearchCheck } from 'lucide-react';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { BooksCard } from '~/app/(console)/overview/books-card';
import { FirstStepsCard } from '~/app/(console)/overview/first-steps-card';
import { HealthLine } from '~/app/(console)/overview/health-line';
import { HeldNotice } from '~/app/(console)/overview/held-notice';
import { TodayCards } from '~/app/(console)/overview/today-cards';
import { WaitingCards } from '~/app/(console)/overview/waiting-cards';
import { StandingStill } from '~/app/(console)/proof/standing-still';
import { whatWaitsNow } from '~/app/(console)/waiting';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { EmptyState } from '~/components/list/empty-state';
import { MovementTable } from '~/components/list/movement-table';
import { Live } from '~/components/live/live';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { Skeleton } from '~/components/ui/skeleton';
import { countWaiting } from '~/lib/approvals/read';
import { readUsual } from '~/lib/books/usual';
import { casesWaiting } from '~/lib/cases/waiting';
import { queuedPayouts } from '~/lib/cash/queued';
import { heldReturns } from '~/lib/deposits/returns';
import { heldWithdrawals } from '~/lib/gate/gate';
import { followed } from '~/lib/live';
import { isBooksOnly } from '~/lib/money';
import { listMovements } from '~/lib/movements/movements';
import { booksByAsset, firstSteps } from '~/lib/overview/overview';
import { dayZone } from '~/lib/rails/registry';
import { isScoped } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

const LAST_MOVEMENTS = 8;

export async function generateMetadata() {
  return { title: (await getTranslations('overview'))('title') };
}

export default async function OverviewPage() {
  const operator = await requireOperator('console:read');
  // The house as a whole is beyond every scope.
  if (isScoped(operator.role)) redirect('/wallets');
  // The token first: what changes while the page is read is then seen as a change.
  const live = await followed('overview');
  const [t, steps, asked, waiting, cases, held, returns, books, queued, movements] = await Promise.all([
    getTranslations('overview'),
    firstSteps(),
    countWaiting(operator),
    whatWaitsNow(),
    casesWaiting(operator),
    heldWithdrawals(),
    heldReturns(),
    booksByAsset(),
    queuedPayouts(),
    listMovements(operator, {}),
  ]);
  const glances = await Promise.all(
    books
      .filter(({ asset }) => !isBooksOnly(asset))
      .map(async (each) => {
        const timeZone = dayZone(each.asset);
        return { books: each, today: { timeZone, usual: await readUsual(each.asset, timeZone) } };
      }),
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={
          <Suspense fallback={<Skeleton className="h-5 w-80 max-w-full" />}>
            <HealthLine />
          </Suspense>
        }
        actions={
          <Button asChild>
            <Link href="/where">
              <SearchCheck aria-hidden />
              {t('where')}
            </Link>
          </Button>
        }
      />
      <StandingStill />
      {steps ? <FirstStepsCard steps={steps} role={operator.role} /> : null}
      {glances.map((glance) => (
        <TodayCards
          key={glance.books.asset}
          {...glance}
          queued={queued.find(({ asset }) => asset === glance.books.asset)}
        />
      ))}
      <WaitingCards asked={asked} waiting={waiting} cases={cases} role={operator.role} />
      <HeldNotice held={held} returns={returns} />
      {books.map((book) => (
        <BooksCard key={book.asset} books={book} role={operator.role} />
      ))}
      <Section
        title={t('movements.title')}
        flush
        actions={
          movements.items.length > 0 ? (
            <Button asChild size="sm">
              <Link href="/movements">{t('movements.all')}</Link>
            </Button>
          ) : null
        }
      >
        <MovementTable
          movements={movements.items.slice(0, LAST_MOVEMENTS)}
          scope="global"
          empty={
            <EmptyState
              icon={ArrowLeftRight}
              title={t('movements.empty')}
              description={t('movements.emptyHint')}
            />
          }
        />
      </Section>
      <Live {...live} />
    </>
  );
}
