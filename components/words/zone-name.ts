import { useTranslations } from 'next-intl';

/** A time zone by its best-known city, in the reader's language. */
export function useZoneName(): (zone: string) => string {
  const t = useTranslations('common.zones');
  return (zone) => {
    const key = zone as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : zone.replace(/^.*\//, '').replaceAll('_', ' ');
  };
}
