import type { Locale, Messages } from '~/app/messages/load';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
