import { useTranslations } from 'next-intl';
import { removePasskeyAction, removeTotpAction } from '~/app/(console)/settings/preferences/actions';
import { AddPasskey } from '~/app/(console)/settings/preferences/add-passkey';
import { AddTotp } from '~/app/(console)/settings/preferences/add-totp';
import { RenewCodes } from '~/app/(console)/settings/preferences/recovery-codes';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import type { OwnFactors } from '~/lib/people/own-factors';

/** Codes are told to be few from here on. */
const FEW_CODES = 3;

type SecondFactorProps = {
  factors: OwnFactors;
  /** They decide on what others ask for: somebody with their password alone could, too. */
  isUrged: boolean;
};

type Row = { id: string; kind: 'totp' | 'passkey'; name: string; since: Date; usedAt: Date | null };

/** What an operator has besides the password: an authenticator app, passkeys, and codes for who loses them. */
export function SecondFactor({ factors, isUrged }: SecondFactorProps) {
  const t = useTranslations('settings.preferences.factor');
  const { totpSince, passkeys, codesLeft, isNeeded } = factors;
  const rows: Row[] = [
    ...(totpSince
      ? [{ id: 'totp', kind: 'totp' as const, name: t('totp'), since: totpSince, usedAt: null }]
      : []),
    ...passkeys.map(({ id, name, createdAt: since, lastUsedAt: usedAt }) => ({
      ...{ id, kind: 'passkey' as const, name, since, usedAt },
    })),
  ];
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={
        <>
          {totpSince ? null : <AddTotp />}
          <AddPasskey />
          {rows.length > 0 ? <RenewCodes /> : null}
        </>
      }
    >
      <div className="grid gap-4">
        {rows.length === 0 && isUrged ? (
          <Alert tone="warning" title={t('urged')}>
            {t('urgedHint')}
          </Alert>
        ) : null}
        {rows.length > 0 && codesLeft <= FEW_CODES ? (
          <Alert tone="warning" title={t('fewCodes', { count: codesLeft })}>
            {t('fewCodesHint')}
          </Alert>
        ) : null}
        {rows.length === 0 ? (
          <p className="text-muted-foreground text-sm">{t('none')}</p>
        ) : (
          <Factors rows={rows} isNeeded={isNeeded} />
        )}
        {rows.length > 0 ? (
          <p className="text-muted-foreground text-sm">{t('codesLeft', { count: codesLeft })}</p>
        ) : null}
      </div>
    </Section>
  );
}

function Factors({ rows, isNeeded }: { rows: Row[]; isNeeded: boolean }) {
  const t = useTranslations('settings.preferences.factor');
  return (
    <DataTable
      label={t('title')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: t('columns.name'),
          cell: ({ kind, name }) => (
            <span className="font-medium">{kind === 'totp' ? name : t('passkeyNamed', { name })}</span>
          ),
        },
        { key: 'since', header: t('columns.since'), cell: ({ since }) => <Timestamp at={since} /> },
        {
          key: 'used',
          header: t('columns.used'),
          phone: 'hide',
          cell: ({ usedAt }) => (usedAt ? <Timestamp at={usedAt} /> : '—'),
        },
        {
          key: 'actions',
          header: <span className="sr-only">{t('columns.actions')}</span>,
          className: 'sm:text-right',
          cell: (row) => (isNeeded && rows.length === 1 ? t('lastOne') : <Remove row={row} />),
        },
      ]}
    />
  );
}

function Remove({ row: { id, kind, name } }: { row: Row }) {
  const t = useTranslations('settings.preferences.factor');
  return (
    <ConfirmDialog
      act={`remove_${kind}`}
      action={kind === 'totp' ? removeTotpAction : removePasskeyAction}
      hidden={kind === 'totp' ? {} : { passkeyId: id }}
      trigger={
        <>
          {t('remove')}
          <span className="sr-only">: {name}</span>
        </>
      }
      title={t('removeTitle', { name })}
      consequence={t('removeHint')}
      confirm={t('remove')}
      danger
      success={t('removed')}
    />
  );
}
