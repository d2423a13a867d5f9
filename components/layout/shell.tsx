'use client';

import { FlaskConical, Menu } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Bell } from '~/components/layout/bell';
import { FindButton, Finder } from '~/components/layout/find/finder';
import { Logo, LogoMark } from '~/components/layout/logo';
import { Nav, type NavBadges } from '~/components/layout/nav';
import { OperatorMenu, type OperatorMenuProps } from '~/components/layout/operator-menu';
import { PhoneBar } from '~/components/layout/phone-bar';
import { ConnectionBanner } from '~/components/live/connection-banner';
import { Freshness } from '~/components/live/freshness';
import { Button } from '~/components/ui/button';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { Sheet, SheetContent, SheetTrigger } from '~/components/ui/sheet';

type ShellProps = Omit<OperatorMenuProps, 'compact'> & {
  badges?: NavBadges;
  /** How much this operator was told and hasn't read. */
  unread: number;
  /** Which Fintoc we speak to, when its money isn't real. */
  testMode?: 'local' | 'fintoc' | null;
  children: ReactNode;
};

/** What stands around every page: the menu beside it, or above it on small screens. */
export function Shell({ badges, unread, testMode = null, children, ...menu }: ShellProps) {
  const t = useTranslations('common');
  const nav = useTranslations('nav');
  const [isMenuOpen, setMenuOpen] = useState(false);
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-popover focus:px-3 focus:py-2 focus:shadow-floating"
      >
        {t('skipToContent')}
      </a>
      {testMode ? <TestModeBanner mode={testMode} /> : null}
      <ConnectionBanner />
      <Finder role={menu.operator.role} />
      <div className={cn('lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]', testMode && 'lg:[--sticky-top:2rem]')}>
        <aside
          aria-label={nav('menu')}
          className="sticky top-(--sticky-top,0px) hidden h-[calc(100dvh-var(--sticky-top,0px))] flex-col border-r bg-sidebar lg:flex"
        >
          <div className="m-3 mb-2 flex items-center justify-between">
            <Link href="/" className="inline-flex h-9 items-center rounded-md px-1.5">
              <Logo />
            </Link>
            <Bell unread={unread} className="size-9" />
          </div>
          <div className="px-3 pb-3">
            <FindButton />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-3 pt-1 pb-4">
            <Nav role={menu.operator.role} badges={badges} />
          </div>
          <Freshness className="px-5 py-2" />
          <div className="border-t p-2">
            <OperatorMenu {...menu} />
          </div>
        </aside>
        <TopBar badges={badges} unread={unread} menu={menu} open={isMenuOpen} onOpen={setMenuOpen} />
        <main id="content" tabIndex={-1} className="min-w-0 focus-visible:outline-none">
          <div className="mx-auto w-full max-w-7xl px-4 pt-5 has-[[data-peek]]:max-w-[120rem] pb-16 max-sm:pb-[calc(var(--phone-bar)+2rem)] max-sm:has-[[data-thumb]:not(:empty)]:pb-[calc(var(--phone-bar)+6rem)] sm:px-6 lg:px-8 lg:pt-7">
            {children}
            <Freshness className="mt-6 lg:hidden" />
          </div>
        </main>
      </div>
      <PhoneBar role={menu.operator.role} badges={badges} onMore={() => setMenuOpen(true)} />
    </>
  );
}

type TopBarProps = {
  badges?: NavBadges;
  unread: number;
  menu: Omit<OperatorMenuProps, 'compact'>;
  open: boolean;
  onOpen: (isOpen: boolean) => void;
};

function TopBar({ badges, unread, menu, open, onOpen }: TopBarProps) {
  const t = useTranslations('nav');
  return (
    <header className="sticky top-0 z-40 flex h-14 items-center gap-1 border-b bg-background/95 px-1.5 backdrop-blur-sm lg:hidden">
      <Sheet open={open} onOpenChange={onOpen}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" className="size-11 max-sm:hidden" aria-label={t('openMenu')}>
            <Menu aria-hidden />
          </Button>
        </SheetTrigger>
        <SheetContent side="left" title={t('menu')} hideTitle>
          <div className="flex h-14 shrink-0 items-center px-4">
            <Logo />
          </div>
          <div className="px-3 pb-6">
            <Nav role={menu.operator.role} badges={badges} onNavigate={() => onOpen(false)} />
          </div>
        </SheetContent>
      </Sheet>
      <Link
        href="/"
        aria-label="Monedero"
        className="inline-flex size-11 items-center justify-center rounded-md"
      >
        <LogoMark />
      </Link>
      <div className="ml-auto flex min-w-0 items-center gap-1">
        <FindButton compact />
        <Bell unread={unread} className="size-11" />
        <OperatorMenu {...menu} compact />
      </div>
    </header>
  );
}

function TestModeBanner({ mode }: { mode: 'local' | 'fintoc' }) {
  const t = useTranslations('nav.testMode');
  return (
    <aside
      aria-label={t('label')}
      className="z-30 flex h-8 items-center justify-center gap-2 border-warning/20 border-b bg-warning-soft px-4 text-center text-warning text-xs lg:sticky lg:top-0"
    >
      <FlaskConical aria-hidden className="size-3.5 shrink-0" />
      <span>
        <strong className="font-semibold">
          {t('label')} · {t(mode)}
        </strong>
        <span className="max-sm:hidden">. {t('hint')}</span>
      </span>
    </aside>
  );
}
