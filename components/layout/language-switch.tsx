'use client';

import { type Locale, useLocale, useTranslations } from 'next-intl';
import { useAttempt } from '~/components/form/use-attempt';
import { cn } from '~/components/ui/cn';

const LOCALES: readonly Locale[] = ['es-MX', 'en'];

/** Both languages side by side, each in its own words, for who hasn't signed in. */
export function LanguageSwitch({ onLocale }: { onLocale: (locale: string) => Promise<void> }) {
  const t = useTranslations('nav');
  const current = useLocale();
  const [pending, attempt] = useAttempt();
  return (
    <fieldset className="flex gap-1" aria-busy={pending}>
      <legend className="sr-only">{t('operator.language')}</legend>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => attempt(() => onLocale(locale))}
          className={cn(
            'h-8 rounded-md px-2.5 text-sm transition-colors max-sm:h-11',
            locale === current
              ? 'font-medium text-foreground'
              : 'text-muted-foreground hover:bg-accent hover:text-foreground',
          )}
        >
          {t(`language.${locale}`)}
        </button>
      ))}
    </fieldset>
  );
}
