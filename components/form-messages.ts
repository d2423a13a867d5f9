import { useLocale, useTranslations } from 'next-intl';
import type { FormState } from '~/lib/form-state';
import { formatAmount, isAsset } from '~/lib/money';

/** Puts a verb's refusal into words: `errors.<code>`, with its details. */
export function useFailureMessage(): (state: Extract<FormState, { status: 'error' }>) => string {
  const t = useTranslations('errors');
  const locale = useLocale();
  return ({ code, details }) => {
    // Limits travel in the smallest unit, like all money.
    const { limit, asset } = details;
    const readable =
      typeof limit === 'string' && typeof asset === 'string' && isAsset(asset)
        ? { limit: formatAmount(BigInt(limit), asset, locale) }
        : {};
    return t(code, {
      reason: '',
      code: '',
      limit: '',
      asset: '',
      status: '',
      by: '',
      part: '',
      ...details,
      ...readable,
    });
  };
}

/** Puts a field's error into words: `invalid.<key>`. What is no key is a sentence already. */
export function useFieldMessage(): (error: string) => string {
  const t = useTranslations('invalid');
  return (error) => {
    const key = error as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : error;
  };
}
