import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { useKindWord } from '~/components/words/alarm-words';
import { useHeldWords } from '~/components/words/held-words';
import { STATUS_LOOKS, type StatusKind } from '~/components/words/status-looks';
import { type Change, differenceOf, type Value } from '~/lib/audit/diff';
import type { AuditRow } from '~/lib/audit/read';
import { isValidClabe } from '~/lib/clabe';
import { isAsset } from '~/lib/money';
import { ORDER_ENDS } from '~/lib/statements/kinds';
import type { Explanation } from '~/lib/transfers/unexplained';
import type { Outcome } from '~/lib/withdrawals/endings';

/** What an audit row changed, and from where it was done. */
export function AuditDetails({ entry }: { entry: AuditRow }) {
  const t = useTranslations('audit.details');
  const { changes, unchanged } = differenceOf(entry.before, entry.after);
  const from = [
    ...(entry.reason ? [{ label: t('reason'), value: entry.reason }] : []),
    ...(entry.ip ? [{ label: t('from'), value: <span className="font-mono">{entry.ip}</span> }] : []),
    ...(entry.userAgent ? [{ label: t('agent'), value: entry.userAgent }] : []),
    { label: t('subjectId'), value: <Identifier value={entry.subjectId} /> },
    { label: t('id'), value: <Identifier value={String(entry.id)} copy={false} /> },
  ];
  return (
    <div className="grid gap-4 rounded-md border bg-card p-3 sm:p-4">
      {changes.length > 0 ? <Changes changes={changes} entry={entry} /> : <p>{t('unchanged')}</p>}
      {changes.length > 0 && unchanged > 0 ? (
        <p className="text-muted-foreground text-xs">{t('same', { count: unchanged })}</p>
      ) : null}
      <DetailList items={from} />
    </div>
  );
}

function Changes({ changes, entry }: { changes: Change[]; entry: AuditRow }) {
  const t = useTranslations('audit.details');
  const isNew = entry.before === null;
  return (
    <div className="overflow-x-auto">
      <Table aria-label={t('what')}>
        <TableHead>
          <TableRow>
            <TableHeader className="pl-0">{t('field')}</TableHeader>
            {isNew ? null : <TableHeader>{t('before')}</TableHeader>}
            <TableHeader>{isNew ? t('value') : t('after')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map(({ field, before, after }) => (
            <TableRow key={field}>
              <TableCell className="h-auto py-1.5 pl-0 align-top text-muted-foreground">
                <FieldName field={field} />
              </TableCell>
              {isNew ? null : (
                <TableCell className="h-auto max-w-64 py-1.5 align-top">
                  <FieldValue field={field} value={before} entry={entry} />
                </TableCell>
              )}
              <TableCell className="h-auto max-w-64 py-1.5 align-top font-medium">
                <FieldValue field={field} value={after} entry={entry} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function FieldName({ field }: { field: string }) {
  const t = useTranslations('audit.fields');
  const key = field as Parameters<typeof t>[0];
  return t.has(key) ? t(key) : <span className="font-mono text-[0.96em]">{field}</span>;
}

type FieldValueProps = { field: string; value: Value; entry: AuditRow };

/** A value as its kind is read: amounts with their decimals, moments in the operator's zone, states as words. */
function FieldValue({ field, value, entry }: FieldValueProps) {
  const t = useTranslations('audit.details');
  const wordOf = useGateWords();
  if (value === null || value === '') return <span className="text-muted-foreground">{t('noValue')}</span>;
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  const text = String(value);
  const word = wordOf(entry.action, field, text);
  if (word) return word;
  const asset = assetOf(entry);
  if (/amount$/i.test(field) && asset && /^-?\d+$/.test(text)) return <Money amount={text} asset={asset} />;
  const kind = field === 'status' || field === 'state' ? statusKindOf(entry.subjectType) : null;
  if (kind) return <StatusBadge kind={kind} status={text} />;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return <Timestamp at={text} format="seconds" />;
  if (isValidClabe(text)) return <Clabe value={text} copy={false} />;
  const isKey = /(^id|Id|Number|Key)$/.test(field) || /^\d{10,}$/.test(text);
  return <span className={isKey ? 'break-all font-mono text-[0.96em]' : 'break-words'}>{text}</span>;
}

/** What decides whether money leaves, and what somebody was called for, is said in words of a closed set. */
function useGateWords(): (action: string, field: string, value: string) => string | null {
  const t = useTranslations('gate');
  const heldWords = useHeldWords();
  const alarmKind = useKindWord();
  const whyEnded = useTranslations('statements.monthly.why');
  return (action, field, value) => {
    if (action.startsWith('alarm.') && field === 'kind') return alarmKind(value);
    if (action === 'withdrawal.held' && field === 'heldReason') return heldWords(value).short;
    const outcome = `end.outcomes.${value as Outcome}.word` as const;
    if (action.startsWith('withdrawal.end') && field === 'outcome') return t.has(outcome) ? t(outcome) : null;
    const why = ORDER_ENDS.find((each) => each === value);
    if (action === 'statement_order.ended' && field === 'outcome') return why ? whyEnded(why) : null;
    const kind = `explain.kinds.${value as Explanation}.word` as const;
    if (action.startsWith('payout.') && field === 'kind') return t.has(kind) ? t(kind) : null;
    return null;
  };
}

/** Subjects whose states go by another name. */
const KINDS: Record<string, StatusKind> = {
  withdrawal_batch: 'batch',
  proof_break: 'break',
  inbox_event: 'event',
  account_number: 'accountNumber',
};

function statusKindOf(subject: string): StatusKind | null {
  const kind = KINDS[subject] ?? subject;
  return Object.hasOwn(STATUS_LOOKS, kind) ? (kind as StatusKind) : null;
}

function assetOf({ before, after }: AuditRow): string | null {
  for (const side of [after, before]) {
    const asset = (side as { asset?: unknown } | null)?.asset;
    if (typeof asset === 'string' && isAsset(asset)) return asset;
  }
  return null;
}
