import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { OnboardingForm } from '~/app/(console)/entities/[id]/onboarding/onboarding-form';
import { PageHeader } from '~/components/page-header';
import { getEntityPage } from '~/lib/entities';
import { currentOnboarding, isOver } from '~/lib/kyb';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('entities.form'))('title') };
}

export default async function StartOnboardingPage({ params }: PageProps<'/entities/[id]/onboarding'>) {
  await requireOperator('kyb:write');
  const { id } = await params;
  const [t, form, entity] = await Promise.all([
    getTranslations('entities'),
    getTranslations('entities.form'),
    orNotFound(getEntityPage(id)),
  ]);
  const onboarding = currentOnboarding(entity.onboardings);
  // Where none can be started, the entity's page says why.
  const closed = entity.isRoot || (entity.countryCode !== null && entity.countryCode !== 'mx');
  if (closed || (onboarding && !isOver(onboarding.status))) redirect(`/entities/${id}`);
  return (
    <>
      <PageHeader
        title={form('title')}
        description={form('description', { name: entity.holderName })}
        breadcrumbs={[
          { label: t('title'), href: '/entities' },
          { label: entity.holderName, href: `/entities/${id}` },
        ]}
      />
      <OnboardingForm entityId={id} />
    </>
  );
}
