import { CircleAlert, CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { KeptTable } from '~/app/(console)/settings/health/kept-table';
import { ReplicaState } from '~/app/(console)/settings/health/replica-state';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Badge } from '~/components/ui/badge';
import { checkReadiness } from '~/lib/health';
import { replicaHealth } from '~/lib/replica';
import { keptFor } from '~/lib/retention';
import { requireOperator } from '~/lib/session';
import { takenUpSince } from '~/lib/standstill/place';

const PARTS = ['database', 'migrations', 'worker', 'fintoc'] as const;

export async function generateMetadata() {
  return { title: (await getTranslations('health'))('title') };
}

/** Whether all that money needs is there, how far behind the replica is, and what is kept for how long. */
export default async function HealthPage() {
  await requireOperator('settings:read');
  const [t, { checks }, replica, kept, since] = await Promise.all([
    getTranslations('health'),
    checkReadiness(),
    replicaHealth(),
    keptFor(),
    takenUpSince(),
  ]);
  return (
    <>
      {since ? (
        <Alert tone="warning" title={t('takenUp.title')} className="mb-6">
          {t.rich('takenUp.hint', { at: () => <Timestamp at={since} format="seconds" /> })}
        </Alert>
      ) : null}
      <Section title={t('now.title')} description={t('now.description')} className="max-w-3xl">
        <ul className="flex flex-wrap gap-2">
          {PARTS.map((part) => {
            const isUp = checks[part] === 'up';
            return (
              <li key={part}>
                <Badge tone={isUp ? 'success' : 'danger'} icon={isUp ? CircleCheck : CircleAlert}>
                  {t(`now.${part}.${checks[part]}`)}
                </Badge>
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title={t('replica.title')} description={t('replica.description')} className="max-w-3xl">
        <ReplicaState replica={replica} />
      </Section>
      <Section title={t('kept.title')} description={t('kept.description')} className="max-w-3xl" flush>
        <KeptTable kept={kept} />
      </Section>
    </>
  );
}
