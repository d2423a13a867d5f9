import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AuditDetails } from '~/app/(console)/audit/audit-details';
import { subjectHref } from '~/app/(console)/audit/subject-href';
import { EmptyState } from '~/components/list/empty-state';
import { ExpandableRow } from '~/components/list/expandable-row';
import { Timestamp } from '~/components/record/timestamp';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { actionLabel } from '~/components/words/action-label';
import type { AuditRow } from '~/lib/audit/read';
import { formatClabe } from '~/lib/clabe';

type AuditTableProps = {
  entries: readonly AuditRow[];
  /** What the things are called, by `type/id`. */
  names: ReadonlyMap<string, string>;
  filtered: boolean;
  empty: ReactNode;
};

/** Who did what to which thing; each row opens to show what changed. */
export function AuditTable({ entries, names, filtered, empty }: AuditTableProps) {
  const t = useTranslations('audit');
  const acts = useTranslations('audit.actions');
  const common = useTranslations('common.table');
  if (entries.length === 0) {
    const nothing = (
      <EmptyState icon={SearchX} title={common('emptyFiltered')} description={common('emptyFilteredHint')} />
    );
    return <Card>{filtered ? nothing : empty}</Card>;
  }
  return (
    <Card className="sm:max-lg:overflow-x-auto">
      <Table aria-label={t('list')} className="max-sm:block">
        <TableHead className="max-sm:sr-only">
          <TableRow className="border-b-0">
            {(['at', 'actor', 'action', 'subject', 'reason'] as const).map((column) => (
              <TableHeader
                key={column}
                className={`sticky top-(--sticky-top,0px) z-20 border-b bg-card first:rounded-tl-lg first:pl-4 ${column === 'reason' ? 'max-lg:hidden' : ''}`}
              >
                {t(`columns.${column}`)}
              </TableHeader>
            ))}
            <TableHeader className="sticky top-(--sticky-top,0px) z-20 w-12 rounded-tr-lg border-b bg-card">
              <span className="sr-only">{t('columns.details')}</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody className="max-sm:block">
          {entries.map((entry) => (
            <ExpandableRow
              key={String(entry.id)}
              label={t('details.show', { action: actionLabel(acts, entry.action) })}
              cells={<Cells entry={entry} name={names.get(`${entry.subjectType}/${entry.subjectId}`)} />}
            >
              <AuditDetails entry={entry} />
            </ExpandableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

const CELL = 'max-sm:col-start-1 max-sm:h-auto max-sm:p-0';

type CellsProps = { entry: AuditRow; name: string | undefined };

function Cells({ entry, name }: CellsProps) {
  const t = useTranslations('audit');
  const acts = useTranslations('audit.actions');
  return (
    <>
      <TableCell className={`${CELL} text-muted-foreground max-sm:row-start-3 sm:pl-4`}>
        <Timestamp at={entry.at} format="seconds" />
      </TableCell>
      <TableCell className={`${CELL} max-sm:row-start-2`}>
        {entry.actorId ? (
          entry.actorName
        ) : (
          <span className="text-muted-foreground">
            {entry.actorKind === 'system' ? t('actors.system') : entry.actorName}
          </span>
        )}
      </TableCell>
      <TableCell className={`${CELL} font-medium max-sm:row-start-1`}>
        {actionLabel(acts, entry.action)}
      </TableCell>
      <TableCell className={`${CELL} max-sm:row-start-4 sm:max-w-52`}>
        <Subject entry={entry} name={name} />
      </TableCell>
      <TableCell className="max-w-56 max-lg:hidden">
        {entry.reason ? (
          <span className="block truncate" title={entry.reason}>
            {entry.reason}
          </span>
        ) : (
          <span className="text-muted-foreground">—</span>
        )}
      </TableCell>
    </>
  );
}

function Subject({ entry: { subjectType, subjectId }, name }: CellsProps) {
  const t = useTranslations('audit');
  const type = `subjects.${subjectType}` as 'subjects.wallet';
  const setting = `settings.${subjectId}` as 'settings.alarms';
  const href = subjectHref(subjectType, subjectId);
  if (subjectType === 'setting' && t.has(setting)) return t(setting);
  const id = (
    <span title={subjectId} className={name ? 'truncate' : 'truncate font-mono text-[0.96em] tracking-tight'}>
      {name ?? formatClabe(subjectId)}
    </span>
  );
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <span className="shrink-0 text-muted-foreground">{t.has(type) ? t(type) : subjectType}</span>
      {href ? (
        <Link
          href={href}
          className="relative z-10 flex min-w-0 rounded-sm text-link hover:underline max-sm:py-2.5"
        >
          {id}
        </Link>
      ) : (
        id
      )}
    </span>
  );
}
