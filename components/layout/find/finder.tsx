'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '~/components/ui/button';
import { Kbd } from '~/components/ui/kbd';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { useLetterKeys } from '~/components/ui/use-letter-keys';
import type { Role } from '~/lib/roles';

const palette = onDemand(() => import('~/components/layout/find/palette'));
const keyHelp = onDemand(() => import('~/components/layout/find/key-help'));

const OPEN = 'monedero:find';

export function openFinder(): void {
  window.dispatchEvent(new Event(OPEN));
}

/** What opens the finder by hand: a field beside the menu, a glass in the bar of a tablet. */
export function FindButton({ compact = false }: { compact?: boolean }) {
  const t = useTranslations('find');
  if (compact)
    return (
      <Button
        variant="ghost"
        size="icon"
        className="size-11 max-sm:hidden"
        aria-label={t('title')}
        onClick={openFinder}
      >
        <Search aria-hidden />
      </Button>
    );
  return (
    <button
      type="button"
      onClick={openFinder}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-border-strong bg-card px-2 text-muted-foreground text-sm transition-colors hover:text-foreground"
    >
      <Search aria-hidden className="size-4" />
      <span className="flex-1 text-left">{t('open')}</span>
      <span aria-hidden className="flex gap-0.5">
        <Kbd>⌘</Kbd>
        <Kbd>K</Kbd>
      </span>
    </button>
  );
}

const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** The finder itself and the keys of every page: ⌘K or Ctrl-K, `/`, and `?` for what the keys are. */
export function Finder({ role }: { role: Role }) {
  const [shown, setShown] = useState<'palette' | 'keys' | null>(null);
  const [letters] = useLetterKeys();
  const finding = useOnDemand(palette, shown === 'palette');
  const help = useOnDemand(keyHelp, shown === 'keys');
  useEffect(() => {
    const onOpen = () => setShown('palette');
    const onKeyDown = (event: KeyboardEvent) => {
      const meant = meantBy(event, letters);
      if (!meant) return;
      event.preventDefault();
      setShown(meant);
    };
    window.addEventListener(OPEN, onOpen);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener(OPEN, onOpen);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [letters]);
  const close = () => setShown(null);
  if (shown === 'keys') return help ? <help.KeyHelp onClose={close} /> : null;
  return shown && finding ? <finding.Palette role={role} onClose={close} /> : null;
}

function meantBy(event: KeyboardEvent, letters: boolean): 'palette' | 'keys' | null {
  const { target, key } = event;
  if (event.defaultPrevented || event.isComposing || document.querySelector(LAYERS)) return null;
  if ((event.metaKey || event.ctrlKey) && !event.altKey && key.toLowerCase() === 'k') return 'palette';
  if (!letters || event.metaKey || event.ctrlKey || event.altKey) return null;
  if (target instanceof Element && target.closest(FIELDS)) return null;
  return key === '/' ? 'palette' : key === '?' ? 'keys' : null;
}
