import { useFormatter, useTranslations } from 'next-intl';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { shareholdersOf } from '~/lib/entities/kyb';

/** Who owns the company, as it was told to Fintoc. */
export function Shareholders({ raw }: { raw: unknown }) {
  const t = useTranslations('entities.shareholders');
  const formatter = useFormatter();
  const shareholders = shareholdersOf(raw);
  if (shareholders.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-medium text-sm">{t('title')}</h3>
      <Table aria-label={t('title')}>
        <TableHead>
          <TableRow>
            <TableHeader className="pl-0">{t('name')}</TableHeader>
            <TableHeader>{t('taxId')}</TableHeader>
            <TableHeader className="pr-0 text-right">{t('percentage')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {shareholders.map(({ id, name, holderId, percentage }) => (
            <TableRow key={id}>
              <TableCell className="pl-0">{name}</TableCell>
              <TableCell className="font-mono">{holderId ?? '—'}</TableCell>
              <TableCell className="pr-0 text-right tabular-nums">
                {percentage === null
                  ? '—'
                  : formatter.number(percentage / 100, { style: 'percent', maximumFractionDigits: 2 })}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
