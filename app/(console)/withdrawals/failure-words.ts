import { useTranslations } from 'next-intl';

/** Why a payment failed, waits or came back, in words. A code that nobody here knows is shown as it is. */
export function useFailureWords(): (code: string) => string {
  const known = useKnownFailure();
  const t = useTranslations('kinds.failure');
  return (code) => known(code) ?? t('other', { code });
}

/** The same, and null for a code that nobody here knows. */
export function useKnownFailure(): (code: string) => string | null {
  const t = useTranslations('kinds.failure');
  return (code) => {
    const key = code as 'failed';
    if (t.has(key)) return t(key);
    // A status without a word of Fintoc's.
    const status = /^http_(\d{3})$/.exec(code)?.[1];
    return status ? t('http', { status }) : null;
  };
}
