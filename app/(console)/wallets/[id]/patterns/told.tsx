import { createTranslator } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { LOCALES, type Locale, loadMessages } from '~/app/messages/load';
import { Reply } from '~/components/record/reply';

/** `number` is null while it isn't opened; `formerNumber` is the one that the customer knows. */
type ToldFacts = {
  number: string | null;
  formerNumber: string;
  keepsForGood: boolean;
  /** Who the CEPs name from then on. */
  holder: string | null;
};

/** What the customer has to know, ready to copy, in the customer's language. */
export async function Told({ told }: { told: ToldFacts }) {
  const texts = await Promise.all(
    LOCALES.map(async (locale) => [locale, await textIn(locale, told)] as const),
  );
  const t = await getTranslations('patterns.told');
  return (
    <Reply
      texts={Object.fromEntries(texts) as Record<Locale, string>}
      words={{ title: t('title'), copy: t('copy'), copied: t('copied') }}
    />
  );
}

async function textIn(locale: Locale, { number, formerNumber, keepsForGood, holder }: ToldFacts) {
  const messages = await loadMessages(locale);
  const t = createTranslator({ locale, messages, namespace: 'patterns.told' });
  const end = formerNumber.slice(-4);
  const lines = [
    t('why'),
    number ? t('number', { number }) : t('numberLater'),
    t(keepsForGood ? 'oldForGood' : 'oldUntil', { end }),
    t('waits'),
    ...(holder ? [t('payer', { holder })] : []),
  ];
  return [t('hello'), '', ...lines].join('\n');
}
