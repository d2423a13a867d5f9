import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { IN_FLIGHT_KINDS } from '~/lib/patterns/in-flight';
import type { MovePreview } from '~/lib/patterns/preview';

/** What has to end before the wallet gets its new account, and what stays as it is. */
export function InFlightList({ preview: { inFlight, holds, asset } }: { preview: MovePreview }) {
  const t = useTranslations('patterns.move.inFlight');
  const kinds = IN_FLIGHT_KINDS.filter((kind) => inFlight[kind].count > 0);
  return (
    <Section title={t('title')}>
      {kinds.length === 0 ? (
        <p className="text-sm">{t('none')}</p>
      ) : (
        <>
          <ul className="text-sm">
            {kinds.map((kind) => (
              <li key={kind} className="flex flex-wrap justify-between gap-x-4 border-b py-2 last:border-b-0">
                {t(kind, { count: inFlight[kind].count })}
                <Money amount={inFlight[kind].amount} asset={asset} />
              </li>
            ))}
          </ul>
          <p className="mt-2 text-muted-foreground text-sm">{t('hint')}</p>
        </>
      )}
      {holds.count > 0 ? (
        <p className="mt-3 flex flex-wrap justify-between gap-x-4 border-t pt-3 text-sm">
          {t('holds', { count: holds.count })}
          <Money amount={holds.amount} asset={asset} />
        </p>
      ) : null}
    </Section>
  );
}
