import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { DEFAULT_LOCALE, isLocale, loadMessages } from '~/app/messages/load';
import { cookieName } from '~/lib/cookies';
import { currentOperator } from '~/lib/session';

const DEFAULT_TIME_ZONE = 'America/Mexico_City';

/** Language and zone are the operator's; before sign-in the language is a cookie's. */
export default getRequestConfig(async () => {
  // First, because reading a cookie is what keeps a build from rendering pages for nobody.
  const chosen = (await cookies()).get(cookieName('locale'))?.value;
  const operator = await currentOperator();
  const wanted = operator?.locale ?? chosen;
  const locale = isLocale(wanted) ? wanted : DEFAULT_LOCALE;
  return {
    locale,
    timeZone: operator?.timeZone ?? DEFAULT_TIME_ZONE,
    messages: await loadMessages(locale),
    now: new Date(),
  };
});
