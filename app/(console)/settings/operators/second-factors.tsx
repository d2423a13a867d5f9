import { useTranslations } from 'next-intl';
import { removeFactorAction } from '~/app/(console)/settings/operators/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { type Column, DataTable } from '~/components/list/data-table';
import { Timestamp } from '~/components/record/timestamp';
import type { OperatorRow } from '~/lib/people/operators';

type SecondFactorsProps = {
  operators: readonly OperatorRow[];
  meId: string;
  mayReset: boolean;
  /** Whether somebody asked to reset theirs already. */
  waits: (operator: OperatorRow) => boolean;
};

/** Who has which second factor, and since when; an admin asks that somebody sets theirs up anew. */
export function SecondFactors({ operators, meId, mayReset, waits }: SecondFactorsProps) {
  const t = useTranslations('settings.operators.factors');
  const isResettable = (operator: OperatorRow) =>
    mayReset && operator.id !== meId && operator.factors !== null && !waits(operator);
  const columns: Column<OperatorRow>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      className: 'sm:w-1/4 sm:max-w-0',
      cell: (operator) => (
        <span className="flex min-w-0 items-center gap-2 font-medium">
          <span title={operator.name} className="block min-w-0 truncate">
            {operator.name}
          </span>
          {waits(operator) ? <WaitsBadge /> : null}
        </span>
      ),
    },
    { key: 'totp', header: t('columns.totp'), phoneLabel: true, cell: (operator) => <App of={operator} /> },
    {
      key: 'passkeys',
      header: t('columns.passkeys'),
      phoneLabel: true,
      cell: (operator) => <Passkeys of={operator} />,
    },
    {
      key: 'codes',
      header: t('columns.codes'),
      phoneLabel: true,
      cell: ({ factors }) => <span className="tabular-nums">{factors?.codesLeft ?? '—'}</span>,
    },
    {
      key: 'actions',
      header: <span className="sr-only">{t('columns.actions')}</span>,
      className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
      cell: (operator) => (isResettable(operator) ? <Reset operator={operator} /> : null),
    },
  ];
  return (
    <Section title={t('title')} description={t('description')} flush>
      <DataTable label={t('title')} rows={operators} rowKey={({ id }) => id} columns={columns} />
    </Section>
  );
}

function App({ of: { factors, mustEnrol } }: { of: OperatorRow }) {
  const t = useTranslations('settings.operators.factors');
  if (factors?.totpSince) return <Timestamp at={factors.totpSince} />;
  return (
    <span className="text-muted-foreground">{factors ? '—' : mustEnrol ? t('missing') : t('none')}</span>
  );
}

/** How many, and since when the first. */
function Passkeys({ of: { factors } }: { of: OperatorRow }) {
  if (!factors?.passkeysSince) return <span className="text-muted-foreground">—</span>;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <span className="tabular-nums">{factors.passkeys}</span>
      <span className="text-muted-foreground">
        <Timestamp at={factors.passkeysSince} />
      </span>
    </span>
  );
}

/** One's own is changed under Preferences. */
function Reset({ operator: { id, name } }: { operator: OperatorRow }) {
  const t = useTranslations('settings.operators');
  return (
    <ConfirmDialog
      act="remove_factor"
      action={removeFactorAction}
      hidden={{ id }}
      trigger={
        <>
          {t('factors.reset')}
          <span className="sr-only">: {name}</span>
        </>
      }
      title={t('removeFactorOf', { name })}
      consequence={t('removeFactorHint')}
      confirm={t('removeFactorConfirm')}
      danger
      success={t('factorRemoved')}
    />
  );
}
