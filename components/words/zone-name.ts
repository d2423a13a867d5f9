import { useTranslations } from 'next-intl';

type ZoneWords = ReturnType<typeof useTranslations<'common.zones'>>;

/** A time zone by its best-known city, in the reader's language. */
export function useZoneName(): (zone: string) => string {
  return zoneWords(useTranslations('common.zones'));
}

/** The same, given the translator of `common.zones`. */
export function zoneWords(t: ZoneWords): (zone: string) => string {
  return (zone) => {
    const key = zone as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : zone.replace(/^.*\//, '').replaceAll('_', ' ');
  };
}
