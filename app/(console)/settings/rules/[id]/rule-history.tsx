import { useTranslations } from 'next-intl';
import { RuleModeBadge } from '~/app/(console)/settings/rules/rule-mode';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useRuleSentence } from '~/components/words/rule-sentence';
import type { RuleVersion, ShadowRow } from '~/lib/approvals/rules-read';

/** What a rule said and says, the newest first. */
export function RuleVersions({ versions }: { versions: readonly RuleVersion[] }) {
  const t = useTranslations('settings.rules');
  const sentence = useRuleSentence();
  return (
    <ol className="grid gap-3">
      {versions.map((each) => (
        <li key={each.version} className="grid gap-0.5">
          <span className="text-pretty">{sentence(each)}</span>
          <span className="flex flex-wrap items-center gap-2 text-muted-foreground text-sm">
            {t('version', { version: each.version })} · <Timestamp at={each.fromAt} />
            <RuleModeBadge mode={each.mode} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What would have waited while the rule was only watched. */
export function ShadowList({ shadows }: { shadows: readonly ShadowRow[] }) {
  const t = useTranslations('settings.rules.shadow');
  return (
    <DataTable
      label={t('title')}
      rows={shadows}
      rowKey={({ id }) => id}
      columns={[
        { key: 'at', header: t('at'), cell: ({ at }) => <Timestamp at={at} /> },
        {
          key: 'what',
          header: t('what'),
          cell: ({ subjectType, subjectId }) => <Subject type={subjectType} id={subjectId} />,
        },
        { key: 'waited', header: t('waited'), cell: ({ waited }) => t(waited ? 'yes' : 'no') },
        {
          key: 'amount',
          header: t('amount'),
          align: 'end',
          cell: ({ asset, amount }) =>
            asset !== null && amount !== null ? <Money amount={amount} asset={asset} /> : '—',
        },
      ]}
    />
  );
}

function Subject({ type, id }: { type: string; id: string }) {
  const t = useTranslations('settings.rules.shadow');
  const href =
    type === 'withdrawal'
      ? to(`/withdrawals/${id}`)
      : type === 'adjustment'
        ? to(`/adjustments/${id}`)
        : to(`/deposits/${id}`);
  return (
    <Link href={href} className="text-link underline underline-offset-2">
      {t('open')}
    </Link>
  );
}
