'use client';

import type { Route } from 'next';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Beside, enter, isWide } from '~/components/list/peek/beside';
import { PeekSkeleton } from '~/components/list/peek/peek-skeleton';
import { rowHandle } from '~/components/list/peek/row-keys';
import { useRowKeys } from '~/components/list/peek/use-row-keys';
import { useGo } from '~/components/live/go';
import { Kbd } from '~/components/ui/kbd';
import { useLetterKeys } from '~/components/ui/use-letter-keys';

/** Who holds an arrow down wants the row that they stop at. */
const MOVING_MS = 90;

type PeekingProps = {
  /** What the address says is shown beside the list, and its page. */
  peek: { id: string; page: Route } | null;
  /** What is to be known of it. */
  panel: ReactNode;
  /** The list, whose rows say their ids. */
  children: ReactNode;
};

/**
 * A list that is read by keyboard, and beside it the record of one row. `?peek=<id>` is its only state: it is opened by
 * a link, kept by a reload and closed by Back.
 */
export function Peeking({ peek, panel, children }: PeekingProps) {
  const shown = peek?.id ?? null;
  const list = useRef<HTMLDivElement>(null);
  const aside = useRef<HTMLElement>(null);
  const [letters] = useLetterKeys();
  const { wanted, show, close } = usePeek(shown, list);

  usePageWhereNarrow(peek?.page ?? null);

  useRowKeys({
    ...{ list, letters, shown: wanted, onClose: close },
    onMove: (id) => (wanted === null ? undefined : show(id)),
    onOpen: (id) => (id === wanted ? enter(aside.current) : show(id)),
  });

  return (
    <Beside
      {...{ id: wanted, list, aside, onClose: close }}
      panel={wanted === shown ? panel : <PeekSkeleton />}
    >
      {children}
      <Legend letters={letters} />
    </Beside>
  );
}

/** Which row's record is wanted, and the ways to another one and back to the list alone. */
function usePeek(shown: string | null, list: React.RefObject<HTMLElement | null>) {
  const pathname = usePathname();
  const params = useSearchParams();
  const { go } = useGo();
  const [wanted, setWanted] = useState(shown);
  const moving = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Whether Back leads from here to the list alone.
  const isPushed = useRef(false);

  useEffect(() => {
    setWanted(shown);
    if (shown === null) isPushed.current = false;
  }, [shown]);
  useEffect(() => () => clearTimeout(moving.current), []);

  function lead(id: string | null, replace: boolean) {
    const query = new URLSearchParams(params.toString());
    if (id === null) query.delete('peek');
    else query.set('peek', id);
    void go(`${pathname}${query.size > 0 ? `?${query}` : ''}`, { replace, scroll: false }).then((isThere) => {
      if (!isThere) setWanted(shown);
    });
  }

  function show(id: string) {
    if (!isWide()) {
      rowHandle(list.current, id)?.querySelector<HTMLElement>('a')?.click();
      return;
    }
    clearTimeout(moving.current);
    const isFirst = wanted === null;
    setWanted(id);
    if (isFirst) {
      isPushed.current = true;
      lead(id, false);
    } else moving.current = setTimeout(() => lead(id, true), MOVING_MS);
  }

  function close() {
    clearTimeout(moving.current);
    const row = wanted === null ? null : rowHandle(list.current, wanted);
    setWanted(null);
    row?.focus({ preventScroll: true });
    if (isPushed.current && shown !== null) history.back();
    else lead(null, true);
  }

  return { wanted, show, close };
}

/** Where there is no room beside the list, who follows a link to a record gets its page. */
function usePageWhereNarrow(page: Route | null) {
  const { go } = useGo();
  useEffect(() => {
    if (page !== null && !isWide()) void go(page, { replace: true });
  }, [page, go]);
}

function Legend({ letters }: { letters: boolean }) {
  const t = useTranslations('common.peek');
  return (
    <p className="mt-2 flex items-center gap-1 text-muted-foreground text-xs max-lg:hidden pointer-coarse:hidden">
      {(letters ? ['J', 'K'] : ['↑', '↓']).map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
      <span className="mr-3">{t('move')}</span>
      <Kbd>Enter</Kbd>
      <span>{t('look')}</span>
    </p>
  );
}
