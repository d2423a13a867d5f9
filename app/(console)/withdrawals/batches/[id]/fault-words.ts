import { useTranslations } from 'next-intl';
import { useFailureMessage, useFieldMessage } from '~/components/form/form-messages';
import type { ErrorCode } from '~/lib/errors';

/** Why a cell of a file doesn't fit: by the words of the file's own, else by those of every form. */
export function useFaultWords(): (why: string) => string {
  const own = useTranslations('batches.faults');
  const ofForms = useFieldMessage();
  return (why) => {
    const key = why as Parameters<typeof own>[0];
    return own.has(key) ? own(key) : ofForms(why);
  };
}

/** Why a line became no withdrawal. */
export function useRefusalWords(): (code: string) => string {
  const wordsOf = useFailureMessage();
  return (code) => wordsOf({ code: code as ErrorCode, details: {} });
}
