import type { Reader } from '~/app/api/export/words';
import { DEFAULT_LOCALE, isLocale, loadMessages } from '~/app/messages/load';
import type { Operator } from '~/lib/session';

/** Who reads a list, with the words of their language. */
export async function readerOf(operator: Operator): Promise<Reader> {
  const locale = isLocale(operator.locale) ? operator.locale : DEFAULT_LOCALE;
  return { ...operator, locale, messages: await loadMessages(locale) };
}
