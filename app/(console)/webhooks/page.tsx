import { getTranslations } from 'next-intl/server';
import { EventInbox } from '~/app/(console)/webhooks/event-inbox';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('webhooks'))('title') };
}

export default async function WebhooksPage({ searchParams }: PageProps<'/webhooks'>) {
  const operator = await requireOperator('console:read');
  return <EventInbox params={await searchParams} operator={operator} />;
}
