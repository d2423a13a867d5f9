import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EnterByLink } from '~/app/login/link/[token]/enter-by-link';
import { PasswordByLink } from '~/app/login/link/[token]/password-by-link';
import { chooseLocaleAction } from '~/app/preferences';
import { LanguageSwitch } from '~/components/layout/language-switch';
import { LogoMark } from '~/components/layout/logo';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { type LinkState, readLink } from '~/lib/people/links';

export async function generateMetadata(): Promise<Metadata> {
  // The address lets in whoever has it: no other page is told of it.
  return { title: (await getTranslations('login.link'))('title'), referrer: 'no-referrer' };
}

const SENTENCES = { invitation: 'invited', reset: 'reset', guest: 'guest' } as const;

/** Where somebody who was invited, or lost their password, sets one that nobody else knows; and where a guest comes in. */
export default async function LinkPage({ params }: PageProps<'/login/link/[token]'>) {
  const { token } = await params;
  const [t, link] = await Promise.all([getTranslations('login.link'), readLink(token)]);
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sidebar px-4 pt-[max(2.5rem,14dvh)] pb-6">
      <div className="w-full max-w-sm">
        <LogoMark className="mx-auto size-11" />
        <h1 className="mt-5 text-center font-semibold text-2xl tracking-tight">
          {t(link?.kind === 'guest' ? 'guestTitle' : 'title')}
        </h1>
        <p className="mt-1 mb-7 text-pretty text-center text-muted-foreground text-base">
          {link?.state === 'open'
            ? t(SENTENCES[link.kind], {
                name: link.whose.name,
                email: link.whose.email,
              })
            : t('closed')}
        </p>
        <Card className="p-5 sm:p-6">
          {link?.state === 'open' ? (
            <Opened token={token} link={link} />
          ) : (
            <div className="grid gap-4">
              <Alert tone="warning">{t(link?.state === 'waits' ? 'waits' : 'over')}</Alert>
              <Button asChild variant="primary" size="lg">
                <Link href="/login">{t('toSignIn')}</Link>
              </Button>
            </div>
          )}
        </Card>
      </div>
      <div className="mt-auto pt-8">
        <LanguageSwitch onLocale={chooseLocaleAction} />
      </div>
    </main>
  );
}

/** A guest comes in; whoever works here sets a password. */
function Opened({ token, link: { kind, whose } }: { token: string; link: LinkState }) {
  return kind === 'guest' ? (
    <EnterByLink token={token} />
  ) : (
    <PasswordByLink token={token} email={whose.email} />
  );
}
