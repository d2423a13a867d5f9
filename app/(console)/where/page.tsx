import { getTranslations } from 'next-intl/server';
import { Answer } from '~/app/(console)/where/answer';
import { AskBox } from '~/app/(console)/where/ask-box';
import { readAsked } from '~/app/(console)/where/params';
import { PageHeader } from '~/components/layout/page-header';
import { dayOf } from '~/components/list/search-params';
import { requireOperator } from '~/lib/session';
import { whereIs } from '~/lib/whereabouts/find';

export async function generateMetadata() {
  return { title: (await getTranslations('where'))('title') };
}

/** One box for support: what somebody has of a payment, and where its money is. */
export default async function WherePage({ searchParams }: PageProps<'/where'>) {
  const operator = await requireOperator('console:read');
  const today = dayOf(new Date(), 'America/Mexico_City');
  const asked = readAsked(await searchParams, today);
  const [t, answers] = await Promise.all([
    getTranslations('where'),
    Promise.all(asked.map((sought) => whereIs(operator, sought))),
  ]);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <AskBox today={today} isAnswered={answers.length > 0} />
      {answers.map((answer, index) => (
        <Answer
          // biome-ignore lint/suspicious/noArrayIndexKey: the payments of one text, in its order.
          key={index}
          answer={answer}
          number={index + 1}
          count={answers.length}
          role={operator.role}
        />
      ))}
    </>
  );
}
