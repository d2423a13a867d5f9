import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { actionLabel } from '~/components/words/action-label';
import { MOMENT } from '~/components/words/moment';
import type { ErrorCode, ErrorDetails } from '~/lib/errors';
import type { CeilingName } from '~/lib/ledger/ceilings';
import { formatAmount, isAsset } from '~/lib/money';

type Failure = { code: ErrorCode; details: ErrorDetails };

/** Puts a verb's refusal into words: `errors.<code>`, with its details. */
export function useFailureMessage(): (failure: Failure) => string {
  const t = useTranslations('errors');
  const locale = useLocale();
  const decided = useDecided();
  const limit = useLimit();
  return ({ code, details }) => {
    if (code === 'already_decided' && typeof details.act === 'string') return decided(details);
    if ((code === 'limit_reached' || code === 'portfolio_limit_reached') && typeof details.which === 'string')
      return limit(code, details);
    // Limits travel in the smallest unit, like all money.
    const { limit: most, asset } = details;
    const readable =
      typeof most === 'string' && typeof asset === 'string' && isAsset(asset)
        ? { limit: formatAmount(BigInt(most), asset, locale) }
        : {};
    const said = t(code, {
      reason: '',
      code: '',
      limit: '',
      asset: '',
      status: '',
      by: '',
      part: '',
      which: '',
      used: '',
      left: '',
      renews: 'none',
      ...details,
      ...readable,
    });
    // Of several that were acted on as one, which it is about.
    return typeof details.name === 'string' ? `${details.name}: ${said}` : said;
  };
}

/** Which limit it was, with what is used and left of it and when it renews, as `limitReached` tells it. */
function useLimit(): (code: 'limit_reached' | 'portfolio_limit_reached', details: ErrorDetails) => string {
  const t = useTranslations('errors');
  const words = useTranslations('terms.limits');
  const locale = useLocale();
  const formatter = useFormatter();
  return (code, { direction, which, asset, limit, used, left, renewsAt }) => {
    const name = which as CeilingName;
    const says = (value: string | number | undefined) =>
      name.endsWith('Count') || typeof asset !== 'string' || !isAsset(asset)
        ? String(value)
        : `${formatAmount(BigInt(value ?? 0), asset, locale)} ${asset}`;
    return t(code, {
      ...{
        which: words(`${direction as 'inbound' | 'outbound'}.${name}`),
        limit: says(limit),
        used: says(used),
      },
      left: says(left),
      renews: renewsAt ? formatter.dateTime(new Date(renewsAt), MOMENT) : 'none',
    });
  };
}

/** Who did what and when, as `already_decided` tells it: `act`, `by` and `at`. */
export function useDecided(): (details: ErrorDetails) => string {
  const t = useTranslations('errors');
  const audit = useTranslations('audit.actions');
  const formatter = useFormatter();
  return ({ act, by, at }) => {
    const words = {
      act: actionLabel(audit, String(act)),
      at: formatter.dateTime(new Date(String(at)), MOMENT),
    };
    return by ? t('already_decided_by', { ...words, by: String(by) }) : t('already_decided_itself', words);
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
