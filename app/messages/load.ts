import type { messages as spanish } from '~/app/messages/es-MX';

export const LOCALES = ['es-MX', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'es-MX';

/** To add a namespace: two files of its name, and its lines in the file of each language. */
const LANGUAGES = {
  'es-MX': () => import('./es-MX'),
  en: () => import('./en'),
} satisfies Record<Locale, () => Promise<{ messages: Messages }>>;

/** Every message, by namespace: what next-intl checks keys against (global.d.ts). */
export type Messages = typeof spanish;

export function isLocale(text: string | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

const loaded = new Map<Locale, Promise<Messages>>();

/** All messages of one language, read once: the same promise whenever they are asked for. */
export function loadMessages(locale: Locale): Promise<Messages> {
  const known = loaded.get(locale);
  if (known) return known;
  const loading = LANGUAGES[locale]().then(({ messages }) => messages);
  loaded.set(locale, loading);
  // What didn't arrive is asked for again.
  loading.catch(() => loaded.delete(locale));
  return loading;
}
