import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';

/** The headers that a delivery came with, as far as they are kept. */
export function HeaderList({ headers }: { headers: unknown }) {
  const t = useTranslations('inbox.payload');
  const present = Object.entries((headers ?? {}) as Record<string, string | null>).filter(
    ([, value]) => value !== null,
  );
  if (present.length === 0) return null;
  return (
    <Section title={t('headers')}>
      <DetailList
        items={present.map(([name, value]) => ({
          label: <span className="font-mono text-xs">{name}</span>,
          value: <span className="break-all font-mono text-xs">{value}</span>,
        }))}
      />
    </Section>
  );
}
