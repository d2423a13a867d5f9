import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { registerEndpointAction } from '~/app/(console)/settings/fintoc/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Offers } from '~/components/form/offers';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { Identifier } from '~/components/record/identifier';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Badge } from '~/components/ui/badge';
import type { EndpointRecord } from '~/lib/inbox/endpoints';

type WebhookSectionProps = {
  endpoints: readonly EndpointRecord[];
  /** Where we wait for deliveries. */
  url: string;
  hazard: 'insecure' | 'unreachable' | null;
  /** How many secrets the environment gives on top. */
  configured: number;
  writer: boolean;
  acts: ComponentProps<typeof Offers>['timeline'];
};

const TONES = { current: 'success', previous: 'info', retired: 'neutral' } as const;

/** Where Fintoc tells us, with which secrets, and whether it can reach us at all. */
export function WebhookSection({ endpoints, url, hazard, configured, writer, acts }: WebhookSectionProps) {
  const t = useTranslations('settings.fintoc.webhook');
  const current = endpoints.find(({ secret }) => secret === 'current');
  const valid = endpoints.filter(({ secret }) => secret !== 'retired').length;
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={
        <Offers standing={current?.id ?? ''} timeline={acts}>
          {writer ? <Register url={url} registered={current !== undefined} /> : null}
        </Offers>
      }
    >
      <div className="grid gap-4">
        <Warnings current={current} url={url} hazard={hazard} configured={configured} />
        <DetailList
          items={[
            { label: t('url'), value: <Identifier value={current?.url ?? url} className="break-all" /> },
            {
              label: t('registered'),
              value: current ? <Timestamp at={current.createdAt} format="seconds" /> : t('none'),
            },
            ...(current ? [{ label: t('id'), value: <Identifier value={current.id} /> }] : []),
            {
              label: t('secrets'),
              value: `${t('secretsCount', { count: valid })}${configured > 0 ? ` ${t('environment', { count: configured })}` : ''}`,
            },
          ]}
        />
        {endpoints.length > 1 ? <History endpoints={endpoints} /> : null}
      </div>
    </Section>
  );
}

function Register({ url, registered }: { url: string; registered: boolean }) {
  const t = useTranslations('settings.fintoc.webhook');
  return (
    <ConfirmDialog
      action={registerEndpointAction}
      act={registered ? 'rotate' : 'register'}
      trigger={registered ? t('rotate') : t('register')}
      title={registered ? t('rotateTitle') : t('registerTitle')}
      consequence={registered ? t('rotateHint') : t('registerHint', { url })}
      confirm={registered ? t('rotate') : t('register')}
      success={t('registeredDone')}
    />
  );
}

type WarningsProps = Pick<WebhookSectionProps, 'url' | 'hazard' | 'configured'> & {
  current: EndpointRecord | undefined;
};

function Warnings({ current, url, hazard, configured }: WarningsProps) {
  const t = useTranslations('settings.fintoc.webhook');
  const moved = current !== undefined && current.url !== url;
  return (
    <>
      {hazard ? (
        <Alert tone="danger" title={t(`${hazard}Title`)}>
          {t(hazard, { host: new URL(url).host })}
        </Alert>
      ) : null}
      {current || configured > 0 ? null : (
        <Alert tone="warning" title={t('noneTitle')}>
          {t('noneHint')}
        </Alert>
      )}
      {moved ? (
        <Alert tone="warning" title={t('movedTitle')}>
          <span className="break-words">{t('moved', { registered: current.url, expected: url })}</span>
        </Alert>
      ) : null}
    </>
  );
}

function History({ endpoints }: { endpoints: readonly EndpointRecord[] }) {
  const t = useTranslations('settings.fintoc.webhook');
  return (
    <div>
      <h3 className="mb-2 font-medium text-sm">{t('history')}</h3>
      <DataTable
        label={t('history')}
        rows={endpoints}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'at',
            header: t('registered'),
            cell: ({ createdAt }) => <Timestamp at={createdAt} format="seconds" />,
          },
          {
            key: 'url',
            header: t('url'),
            hideBelow: 'lg',
            className: 'break-all font-mono text-xs',
            cell: (endpoint) => endpoint.url,
          },
          {
            key: 'state',
            header: t('state'),
            phone: 'end',
            cell: ({ secret }) => <Badge tone={TONES[secret]}>{t(secret)}</Badge>,
          },
        ]}
      />
    </div>
  );
}
