import { useTranslations } from 'next-intl';
import { runFailureOf } from '~/lib/inbox/run-failure';

/** Why a poll or a synchronisation broke off: what to make of it in words, and what was said, quoted. */
export function RunFailureWords({ error }: { error: string }) {
  const t = useTranslations('inbox.runFailures');
  const { key, status, detail } = runFailureOf(error);
  return (
    <>
      {t(key, { status })}
      {detail ? <span className="break-words"> {t('detail', { detail })}</span> : null}
    </>
  );
}
