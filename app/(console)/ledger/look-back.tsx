import { useTimeZone, useTranslations } from 'next-intl';
import { FilterBar } from '~/components/filter-bar';
import { useMomentWords } from '~/components/moment-words';
import { choicesParam, momentParam, type SearchParams, textParam } from '~/components/search-params';
import { useZoneName } from '~/components/zone-name';
import { CLOCKS, type Clock, type Moment } from '~/lib/ledger/moment';

/** What the address asks to see: balances of a moment, beside those of another. Left out, now and nothing. */
export type LookBack = {
  at: Moment | undefined;
  compared: Moment | undefined;
  clock: Clock;
  /** As they stand in the address. */
  words: { at: string | undefined; compared: string | undefined };
};

/** Reads `?at=`, `?with=` and `?clock=`, in the operator's zone. */
export function lookBackOf(params: SearchParams, timeZone: string): LookBack {
  const [clock = 'effective'] = choicesParam(params, 'clock', CLOCKS) ?? [];
  const of = (name: string) => {
    const before = momentParam(params, name, timeZone);
    return before ? { moment: { before, clock }, words: textParam(params, name) } : undefined;
  };
  const [at, compared] = [of('at'), of('with')];
  return {
    at: at?.moment,
    compared: compared?.moment,
    clock,
    words: { at: at?.words, compared: compared?.words },
  };
}

/** The choice of moments, and in a sentence what is seen by it. */
export function LookBackBar({ look }: { look: LookBack }) {
  const t = useTranslations('common.moment');
  return (
    <>
      <FilterBar
        label={t('label')}
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
