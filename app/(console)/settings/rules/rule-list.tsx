import { ListChecks } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { RuleModeBadge } from '~/app/(console)/settings/rules/rule-mode';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { to } from '~/components/ui/to';
import { useRuleSentence } from '~/components/words/rule-sentence';
import type { RuleRow } from '~/lib/approvals/rules-read';

type RuleListProps = { rules: readonly RuleRow[]; waiting: ReadonlyMap<string, unknown> };

/** The rules that people made, each as the sentence that it says. */
export function RuleList({ rules, waiting }: RuleListProps) {
  const t = useTranslations('settings.rules');
  const sentence = useRuleSentence();
  return (
    <DataTable
      label={t('title')}
      rows={rules}
      rowKey={({ rule }) => rule}
      rowHref={({ rule }) => to(`/settings/rules/${rule}`)}
      empty={<EmptyState icon={ListChecks} title={t('empty.title')} description={t('empty.description')} />}
      columns={[
        {
          key: 'name',
          header: t('columns.name'),
          className: 'whitespace-normal',
          cell: (row) => (
            <span className="grid gap-0.5 py-1">
              <span className="font-medium">{row.name}</span>
              <span className="text-pretty text-muted-foreground text-sm">{sentence(row)}</span>
              {waiting.has(row.rule) ? <WaitsBadge /> : null}
              {row.mode === 'on' && !row.isFulfillable ? (
                <span className="font-medium text-sm text-warning">{t('tooFewPeople')}</span>
              ) : null}
            </span>
          ),
        },
        {
          key: 'mode',
          header: t('columns.mode'),
          phone: 'end',
          cell: ({ mode }) => <RuleModeBadge mode={mode} />,
        },
        {
          key: 'shadowed',
          header: t('columns.shadowed'),
          align: 'end',
          hideBelow: 'md',
          cell: ({ mode, shadowed }) =>
            mode === 'shadow' || shadowed > 0 ? <span className="tabular-nums">{shadowed}</span> : '—',
        },
      ]}
    />
  );
}
