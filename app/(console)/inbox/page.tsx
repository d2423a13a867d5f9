import { getTranslations } from 'next-intl/server';
import { EventInbox } from '~/app/(console)/inbox/event-inbox';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('inbox'))('title') };
}

export default async function InboxPage({ searchParams }: PageProps<'/inbox'>) {
  const operator = await requireOperator('console:read');
  return <EventInbox params={await searchParams} operator={operator} />;
}
