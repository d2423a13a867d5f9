import { useTranslations } from 'next-intl';

/** Why money waits, in words; an unknown reason speaks for itself. */
export function useSuspenseWord(): (reason: string, direction?: 'inbound' | 'outbound') => string {
  const t = useTranslations('kinds.suspense');
  return (reason, direction) => {
    if (direction === 'outbound') return t('payout_returned');
    const key = reason as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : reason.replaceAll('_', ' ');
  };
}
