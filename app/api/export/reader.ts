import type { Reader } from '~/app/api/export/words';
import { DEFAULT_LOCALE, isLocale, loadMessages } from '~/app/messages/load';
import type { OperatorActor } from '~/lib/actor';
import type { Operator } from '~/lib/session';

/** Who reads a list, with the words of their language, and from where. */
export async function readerOf(
  operator: Operator,
  { ip, userAgent }: Pick<OperatorActor, 'ip' | 'userAgent'> = {},
): Promise<Reader> {
  const locale = isLocale(operator.locale) ? operator.locale : DEFAULT_LOCALE;
  return {
    ...operator,
    ...(ip && { ip }),
    ...(userAgent && { userAgent }),
    locale,
    messages: await loadMessages(locale),
  };
}
