import { useTranslations } from 'next-intl';

/** Why a payment failed, waits or came back, in words. A code that nobody here knows is shown as it is. */
export function useFailureWords(): (code: string) => string {
  const t = useTranslations('kinds.failure');
  return (code) => {
    const key = code as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : t('other', { code });
  };
}
