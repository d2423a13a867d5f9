'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ArrowRight, Search, SearchCheck } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { HitRow, ITEM } from '~/components/layout/find/hit-row';
import { type Hit, lookFor, placeOf } from '~/components/layout/find/hits';
import { usePlaces } from '~/components/layout/find/places';
import { recentHits, remember } from '~/components/layout/find/recent';
import { useGo } from '~/components/live/go';
import { Kbd } from '~/components/ui/kbd';
import { to } from '~/components/ui/to';
import type { RoleName } from '~/lib/roles';

const TYPING_PAUSE_MS = 150;
const LEAST = 2;
/** Nobody types so much: it was pasted, and says more than one thing. */
const RECEIPT_CHARS = 40;

type PaletteProps = { role: RoleName; onClose: () => void };

/** Finds anything from anywhere: people, money, ids, places and acts, by keyboard alone. */
export function Palette({ role, onClose }: PaletteProps) {
  const t = useTranslations('find');
  const { go } = useGo();
  const [text, setText] = useState('');
  const wanted = useLater(text.trim(), TYPING_PAUSE_MS);
  const asks = wanted.length >= LEAST && wanted.length < RECEIPT_CHARS;
  const { data, isFetching, isError } = useQuery({
    queryKey: ['find', wanted],
    queryFn: ({ signal }) => lookFor(wanted, signal),
    enabled: asks,
    placeholderData: keepPreviousData,
  });
  const hits = asks ? (data ?? []) : [];
  const places = usePlaces(role, text);
  const open = (href: Route) => {
    onClose();
    void go(href);
  };
  const choose = (hit: Hit) => {
    remember(hit);
    open(placeOf(hit));
  };
  const isReceipt = wanted.length >= RECEIPT_CHARS;
  const where = to(`/where?q=${encodeURIComponent(text.trim())}`);
  return (
    <Primitive.Root open onOpenChange={(shown) => (shown ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 top-0 z-50 mx-auto flex max-h-dvh flex-col overflow-hidden border bg-popover shadow-floating focus-visible:outline-none sm:top-[12vh] sm:max-h-[70vh] sm:max-w-xl sm:rounded-xl"
        >
          <Primitive.Title className="sr-only">{t('title')}</Primitive.Title>
          <Command shouldFilter={false} loop label={t('title')} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t('placeholder')}
                maxLength={2_000}
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-muted-foreground"
              />
              <Primitive.Close aria-label={t('close')} className="rounded-sm">
                <Kbd>Esc</Kbd>
              </Primitive.Close>
            </div>
            <Command.List label={t('groups.found')} className="min-h-0 flex-1 overflow-y-auto p-2 empty:p-0">
              {isReceipt ? (
                <Group heading={t('groups.where')}>
                  <Place value="where" icon={<SearchCheck aria-hidden />} onSelect={() => open(where)}>
                    {t('receipt')}
                  </Place>
                </Group>
              ) : null}
              {hits.length > 0 ? (
                <Group heading={t('groups.found')}>
                  {hits.map((hit) => (
                    <HitRow key={`${hit.kind} ${hit.id}`} hit={hit} onSelect={() => choose(hit)} />
                  ))}
                </Group>
              ) : null}
              {text === '' ? <Recent onChoose={choose} /> : null}
              {places.length > 0 ? (
                <Group heading={t('groups.places')}>
                  {places.map(({ href, label, icon: Icon }) => (
                    <Place
                      key={href}
                      value={`place ${href}`}
                      icon={<Icon aria-hidden />}
                      onSelect={() => open(href)}
                    >
                      {label}
                    </Place>
                  ))}
                </Group>
              ) : null}
            </Command.List>
            <p role="status" className="px-4 py-3 text-muted-foreground text-sm empty:hidden">
              {isError
                ? t('failed')
                : asks && hits.length === 0
                  ? t(isFetching ? 'looking' : 'nothing', { text: wanted })
                  : null}
            </p>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Recent({ onChoose }: { onChoose: (hit: Hit) => void }) {
  const t = useTranslations('find');
  const [hits] = useState(recentHits);
  if (hits.length === 0) return null;
  return (
    <Group heading={t('groups.recent')}>
      {hits.map((hit) => (
        <HitRow key={`${hit.kind} ${hit.id}`} hit={hit} onSelect={() => onChoose(hit)} />
      ))}
    </Group>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

type PlaceProps = { value: string; icon: ReactNode; onSelect: () => void; children: ReactNode };

function Place({ value, icon, onSelect, children }: PlaceProps) {
  return (
    <Command.Item value={value} onSelect={onSelect} className={ITEM}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <ArrowRight aria-hidden className="text-muted-foreground" />
    </Command.Item>
  );
}

/** A value once it has stood still for so long. */
function useLater(value: string, ms: number): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}
