import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LoginForm } from '~/app/login/login-form';
import { safePath } from '~/app/login/safe-path';
import { chooseLocaleAction } from '~/app/preferences';
import { LanguageSwitch } from '~/components/layout/language-switch';
import { LogoMark } from '~/components/layout/logo';
import { textParam } from '~/components/list/search-params';
import { Card } from '~/components/ui/card';
import { known } from '~/components/ui/to';
import { signInProvider } from '~/lib/env';
import { currentOperator } from '~/lib/session';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login'))('submit') };
}

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const asked = await searchParams;
  const path = safePath(textParam(asked, 'callbackUrl'));
  const error = textParam(asked, 'error');
  const failure = error === undefined ? null : error === 'provider' ? 'refused' : 'failed';
  if (await currentOperator()) redirect(known(path));
  const t = await getTranslations('login');
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sidebar px-4 pt-[max(2.5rem,14dvh)] pb-6">
      <div className="w-full max-w-sm">
        <LogoMark className="mx-auto size-11" />
        <h1 className="mt-5 text-center font-semibold text-2xl tracking-tight">{t('title')}</h1>
        <p className="mt-1 mb-7 text-pretty text-center text-muted-foreground text-base">
          {t('description')}
        </p>
        <Card className="p-5 sm:p-6">
          <LoginForm path={path} provider={signInProvider()?.name ?? null} failure={failure} />
        </Card>
      </div>
      <div className="mt-auto pt-8">
        <LanguageSwitch onLocale={chooseLocaleAction} />
      </div>
    </main>
  );
}
