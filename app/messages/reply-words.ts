import { createTranslator } from 'next-intl';
import { LOCALES, type Locale, loadMessages } from '~/app/messages/load';
import { formatAmount } from '~/lib/money';
import { reasonOf, statusOf } from '~/lib/reasons';
import type { Match } from '~/lib/whereabouts/evidence';
import type { Absent } from '~/lib/whereabouts/find';
import type { Sought } from '~/lib/whereabouts/receipt';
import type { Verdict } from '~/lib/whereabouts/verdict';

/** What can be answered to a customer, in each language, whatever the operator's own is. */
export type Replies = Record<Locale, string>;

/** The customer's own clock: SPEI is Mexico's. */
const ZONE = 'America/Mexico_City';

/**
 * In plain words, and of nobody else's data: neither names nor numbers, only what the customer said or could see on
 * the receipt, and the CEP where the reader sees it.
 */
export function repliesToMatch(match: Match): Promise<Replies> {
  const { verdict, kind, amount, asset, at, trackingKey, receiptUrl } = match;
  return inBoth(async (locale) => {
    const { t, failure } = await wordsIn(locale);
    const since = momentIn(verdict.since, locale);
    const why = toldReason(verdict);
    return [
      t(kind === 'withdrawal' ? 'withdrawal' : 'deposit', {
        amount: `${formatAmount(amount, asset, locale)} ${asset}`,
        day: dayIn(at, locale),
        key: trackingKey ?? 'none',
      }),
      t(`verdict.${verdict.word}`, { since }),
      why && t('reason', { why: failure(reasonOf(why).word, { code: why, status: statusOf(why) ?? '' }) }),
      receiptUrl && t('cep', { url: receiptUrl }),
    ];
  });
}

/** For a payment that isn't here. */
export function repliesToAbsence({ absence }: Absent, { amount, day, key }: Sought): Promise<Replies> {
  return inBoth(async (locale) => {
    const { t } = await wordsIn(locale);
    return [
      t('lookedFor', {
        amount: amount === null ? 'none' : `${formatAmount(amount, 'MXN', locale)} MXN`,
        day: day === null ? 'none' : dayIn(new Date(`${day}T18:00:00Z`), locale),
        key: key ?? 'none',
      }),
      t(`absent.${absence}`),
    ];
  });
}

async function inBoth(write: (locale: Locale) => Promise<(string | null)[]>): Promise<Replies> {
  const written = await Promise.all(
    LOCALES.map(async (locale) => {
      const { t } = await wordsIn(locale);
      const [first, ...rest] = (await write(locale)).filter((part) => part !== null && part !== '');
      return [locale, [t('hello'), '', [first, ...rest].join('\n')].join('\n')] as const;
    }),
  );
  return Object.fromEntries(written) as Replies;
}

async function wordsIn(locale: Locale) {
  const messages = await loadMessages(locale);
  return {
    t: createTranslator({ locale, messages, namespace: 'where.reply' }),
    failure: createTranslator({ locale, messages, namespace: 'kinds.failure' }),
  };
}

/** What the customer or a bank can do something about; what is between Fintoc and us is none of theirs. */
function toldReason({ reason }: Verdict): string | null {
  if (reason?.of !== 'failure') return null;
  const { fixer } = reasonOf(reason.code);
  return fixer === 'customer' || fixer === 'bank' ? reason.code : null;
}

function dayIn(at: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: ZONE }).format(at);
}

function momentIn(at: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    ...{
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    },
    timeZone: ZONE,
  }).format(at);
}
