import { useTranslations } from 'next-intl';

/** Why a deposit waits, in words; an unknown reason speaks for itself. */
export function useSuspenseWord(): (reason: string) => string {
  const t = useTranslations('kinds.suspense');
  return (reason) => {
    const key = reason as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : reason.replaceAll('_', ' ');
  };
}
