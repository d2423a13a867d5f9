import { getTranslations } from 'next-intl/server';
import { EventInbox } from '~/app/(console)/inbox/event-inbox';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('inbox'))('tabs.dead') };
}

export default async function DeadLettersPage({ searchParams }: PageProps<'/inbox/dead'>) {
  const operator = await requireOperator('console:read');
  return <EventInbox params={await searchParams} operator={operator} dead />;
}
