import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { MailStatement } from '~/app/(console)/statements/mail-statement';
import { Whose } from '~/app/(console)/statements/whose';
import { DataTable } from '~/components/list/data-table';
import { ProgressBar } from '~/components/record/progress-bar';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { isErasedAddress, STATEMENT_FAILURES } from '~/lib/statements/kinds';
import type { StatementRow } from '~/lib/statements/read';

type StatementTableProps = { statements: readonly StatementRow[]; filtered: boolean; empty: ReactNode };

export function StatementTable({ statements, filtered, empty }: StatementTableProps) {
  const t = useTranslations('statements');
  return (
    <DataTable
      label={t('title')}
      rows={statements}
      rowKey={({ id }) => id}
      filtered={filtered}
      empty={empty}
      columns={[
        {
          key: 'whose',
          header: t('columns.whose'),
          cell: (statement) => <Whose of={statement} />,
          className: 'sm:max-w-60',
        },
        { key: 'period', header: t('columns.period'), cell: (statement) => <Period statement={statement} /> },
        {
          key: 'format',
          header: t('columns.format'),
          cell: ({ format, asset }) => [t(`formats.${format}`), asset].filter(Boolean).join(' · '),
        },
        {
          key: 'askedBy',
          header: t('columns.askedBy'),
          cell: ({ askedBy, createdAt }) => (
            <span className="grid leading-tight">
              <span className="truncate">{askedBy}</span>
              <span className="text-muted-foreground text-xs">
                <Timestamp at={createdAt} />
              </span>
            </span>
          ),
          hideBelow: 'lg',
        },
        {
          key: 'state',
          header: t('columns.state'),
          cell: ({ state }) => <StatusBadge kind="statement" status={state} />,
          phone: 'end',
        },
        {
          key: 'file',
          header: t('columns.file'),
          cell: (statement) => <File statement={statement} />,
          className: 'sm:max-w-72 sm:whitespace-normal',
          phone: 'start',
          phoneLabel: false,
        },
      ]}
    />
  );
}

type Of = { statement: StatementRow };

/** Days of the calendar: nobody's zone moves them. */
function Period({ statement: { fromDay, toDay } }: Of) {
  const t = useTranslations('statements');
  const format = useFormatter();
  const day = (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeZone: 'UTC' });
  return fromDay.getTime() === toDay.getTime()
    ? day(fromDay)
    : t('period', { from: day(fromDay), to: day(toDay) });
}

/** How far it is; then the file and until when it stands; or why there is none. */
function File({ statement }: Of) {
  const t = useTranslations('statements');
  const format = useFormatter();
  const { id, state, files, done, fileName, failure, expiresAt, lines } = statement;
  if (state === 'failed') {
    const why = STATEMENT_FAILURES.find((each) => each === failure) ?? 'broken';
    return <span className="text-danger text-sm">{t(`failures.${why}`)}</span>;
  }
  if (state === 'making' && files !== null)
    return (
      <span className="grid min-w-32 gap-1">
        <span className="text-sm tabular-nums">{t('progress', { done, files })}</span>
        <ProgressBar label={t('progressLabel', { name: t('title') })} value={done} most={files} />
      </span>
    );
  if (state !== 'ready' || fileName === null || !expiresAt)
    return state === 'expired' ? null : <Mails mails={statement.mails} />;
  return (
    <span className="relative z-10 flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <Button asChild size="sm">
        <a href={`/api/statements/${id}`} download aria-label={t('download', { name: fileName })}>
          <Download aria-hidden />
          {t('downloadShort')}
        </a>
      </Button>
      <MailStatement id={id} name={fileName} />
      <span className="text-muted-foreground text-xs">
        {files === null || files === 1 ? t('lines', { count: Number(lines) }) : t('files', { count: files })}
        {' · '}
        {t('until', { at: format.dateTime(expiresAt, { dateStyle: 'medium' }) })}
      </span>
      <Mails mails={statement.mails} />
    </span>
  );
}

/** Whom it goes to by mail, and how that is going. */
function Mails({ mails }: { mails: StatementRow['mails'] }) {
  const t = useTranslations('statements.mail');
  if (mails.length === 0) return null;
  return (
    <ul className="basis-full text-xs">
      {mails.map(({ address, state, isAttached, taken }) => (
        <li key={address} className={state === 'dead' ? 'text-danger' : 'text-muted-foreground'}>
          {t(`states.${state === 'sent' && isAttached === false ? 'linked' : state}`, {
            address: isErasedAddress(address) ? t('erased') : address,
            count: taken,
          })}
        </li>
      ))}
    </ul>
  );
}
