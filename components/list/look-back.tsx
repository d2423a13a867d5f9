import { useTimeZone, useTranslations } from 'next-intl';
import { FilterBar } from '~/components/list/filter-bar';
import type { LookBack } from '~/components/list/look-back-params';
import type { ReadAddress } from '~/components/list/read-address';
import { useMomentWords } from '~/components/words/moment-words';
import { useZoneName } from '~/components/words/zone-name';

/** The choice of moments, and in a sentence what is seen by it. */
export function LookBackBar({ look, read }: { look: LookBack; read: ReadAddress<unknown> }) {
  const t = useTranslations('common.moment');
  return (
    <>
      <FilterBar
        label={t('label')}
        read={read}
        filters={[
          { kind: 'moment', name: 'at', label: t('at'), clock: true },
          { kind: 'moment', name: 'with', label: t('with') },
        ]}
      />
      <LookBackCaption look={look} />
    </>
  );
}

/** Which balances these are, when they are not those of now. */
export function LookBackCaption({ look }: { look: LookBack }) {
  const t = useTranslations('common.moment');
  const zone = useTimeZone() ?? 'UTC';
  const zoneName = useZoneName();
  const words = useMomentWords();
  const [at, compared] = [words(look.words.at), words(look.words.compared)];
  if (!at && !compared) return null;
  const of = { zone: zoneName(zone), clock: look.clock };
  return (
    <p className="mb-3 text-muted-foreground text-sm">
      {at
        ? t(`asOf.${look.clock}`, { moment: at, ...of })
        : t('nowCompared', { moment: compared ?? '', ...of })}
      {at && compared ? ` ${t('compared', { moment: compared })}` : null}
    </p>
  );
}

/** The same look back on another page, or the moment that it is compared with: what is to stand in its address. */
export function lookBackQuery({ words, clock }: LookBack, which: 'at' | 'compared' = 'at'): string {
  const moment = words[which];
  if (!moment) return '';
  return `&at=${moment}${clock === 'effective' ? '' : `&clock=${clock}`}`;
}
