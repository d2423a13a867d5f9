import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { formatClabe } from '~/lib/clabe';
import { formatAmount } from '~/lib/money';
import type { Sought } from '~/lib/whereabouts/receipt';

/** What was read in the text, one after the other. */
export function SoughtFacts({ sought }: { sought: Sought }) {
  const t = useTranslations('where.sought');
  const formatter = useFormatter();
  const { key, clabes, ends, amount, day, names, reference, fromBank, toBank, id } = sought;
  const locale = useLocale();
  // In hundredths of whichever peso it is: nobody said which.
  const said = (hundredths: bigint) => (
    <span className="tabular-nums">{formatAmount(hundredths, 'MXN', locale)}</span>
  );
  const mono = (value: string) => <span className="font-mono text-[0.96em] wrap-anywhere">{value}</span>;
  const facts = [
    key && { label: t('key'), value: mono(key) },
    amount !== null && { label: t('amount'), value: said(amount) },
    day && {
      label: t('day'),
      value: formatter.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' }),
    },
    ...clabes.map((clabe) => ({ label: t('clabe'), value: mono(formatClabe(clabe)) })),
    ...ends.map((end) => ({ label: t('end'), value: mono(end) })),
    ...names.map((name) => ({ label: t('name'), value: name })),
    reference && reference !== key && { label: t('reference'), value: mono(reference) },
    fromBank && { label: t('fromBank'), value: fromBank },
    toBank && { label: t('toBank'), value: toBank },
    id && { label: t('id'), value: mono(id) },
  ].filter((fact) => typeof fact === 'object' && fact !== null);
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5">
      {facts.map(({ label, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list; two may be alike.
        <span key={index}>
          {label}: <span className="text-foreground">{value}</span>
        </span>
      ))}
    </span>
  );
}
