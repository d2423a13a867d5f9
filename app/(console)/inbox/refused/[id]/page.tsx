import { getTranslations } from 'next-intl/server';
import { HeaderList } from '~/app/(console)/inbox/header-list';
import { JsonBlock } from '~/app/(console)/inbox/json-block';
import { DetailList } from '~/components/layout/detail-list';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { getRefused, REFUSALS } from '~/lib/inbox/refused';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('inbox'))('refused.title') };
}

export default async function RefusedDeliveryPage({ params }: PageProps<'/inbox/refused/[id]'>) {
  const operator = await requireOperator('console:read');
  const [t, row] = await Promise.all([
    getTranslations('inbox'),
    orNotFound(getRefused(operator, (await params).id)),
  ]);
  const reason = REFUSALS.find((each) => each === row.reason) ?? 'wrong_secret';
  const { body } = row;
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t('title'), href: '/inbox' },
          { label: t('tabs.refused'), href: '/inbox/refused' },
        ]}
        title={t('refused.title')}
      />
      <Alert tone="warning" title={t(`refused.reasons.${reason}`)} className="mb-6">
        {t.rich(`refused.hints.${reason}`, {
          settings: (chunks) =>
            can(operator.role, 'settings:read') ? (
              <Link href="/settings/fintoc" className="font-medium underline underline-offset-2">
                {chunks}
              </Link>
            ) : (
              <span className="font-medium">{chunks}</span>
            ),
        })}
      </Alert>
      <Section title={t('event.facts')}>
        <DetailList
          columns={2}
          items={[
            { label: t('facts.received'), value: <Timestamp at={row.receivedAt} format="seconds" /> },
            { label: t('refused.columns.size'), value: t('refused.bytes', { bytes: row.bodyBytes }) },
            {
              label: t(
                reason === 'retired_secret' || reason === 'not_an_event' ? 'facts.verified' : 'refused.tried',
              ),
              value: <Secrets secrets={row.secrets} />,
            },
            { label: t('refused.columns.unkept'), value: <span className="tabular-nums">{row.unkept}</span> },
          ]}
        />
      </Section>
      <Section title={t('payload.title')} description={t('refused.bodyHint')}>
        {body ? (
          <JsonBlock label={t('payload.title')} text={body} wrap />
        ) : (
          <p className="text-muted-foreground text-sm">
            {t(row.body ? 'refused.hiddenBody' : 'refused.noBody')}
          </p>
        )}
      </Section>
      <HeaderList headers={row.headers} />
    </>
  );
}

async function Secrets({ secrets }: { secrets: string[] }) {
  const t = await getTranslations('inbox.facts');
  if (secrets.length === 0) return t('noSecret');
  return (
    <ul className="grid gap-0.5">
      {secrets.map((secret, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, and two secrets of the environment read alike.
        <li key={index}>
          {secret === 'environment' ? (
            t('environment')
          ) : (
            <span className="font-mono text-[0.96em] tracking-tight">{secret}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
