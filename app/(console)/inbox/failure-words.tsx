import { useTranslations } from 'next-intl';
import { failureOf } from '~/lib/inbox/failure';

/** Why an event did not get through, in words. */
export function FailureWords({ lastError }: { lastError: string | null }) {
  const t = useTranslations('inbox.failures');
  const failure = failureOf(lastError);
  if (!failure) return null;
  return (
    <>{t(failure.key, { theirs: '', ours: '', said: '', ended: '', currency: '', ...failure.values })}</>
  );
}
