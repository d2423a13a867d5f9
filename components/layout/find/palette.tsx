'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ArrowRight, Plus, Search, SearchCheck } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import * as Primitive from 'radix-ui/dialog';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useState,
} from 'react';
import { actsOn } from '~/components/layout/find/acts-on';
import { useDescribed } from '~/components/layout/find/described-places';
import { HitRow, ITEM } from '~/components/layout/find/hit-row';
import { grouped, type Hit, lookAgain, lookFor, placeOf } from '~/components/layout/find/hits';
import { usePlaces } from '~/components/layout/find/places';
import { placeOfReceipt } from '~/components/layout/find/receipt';
import { recentRefs, refOf, remember } from '~/components/layout/find/recent';
import { OperatorContext } from '~/components/layout/operator-context';
import { useGo } from '~/components/live/go';
import { queries } from '~/components/live/queries';
import { Kbd } from '~/components/ui/kbd';
import type { Role } from '~/lib/roles';

const TYPING_PAUSE_MS = 150;
const LEAST = 2;

type PaletteProps = { role: Role; onClose: () => void };

/** Finds anything from anywhere: people, money, ids, places and acts, by keyboard alone. */
export function Palette({ role, onClose }: PaletteProps) {
  const t = useTranslations('find');
  const operatorId = useContext(OperatorContext);
  const { go } = useGo();
  const [text, setText] = useState('');
  const [recent] = useState(() => recentRefs(operatorId));
  const wanted = useLater(text.trim(), TYPING_PAUSE_MS);
  const receipt = placeOfReceipt(wanted);
  const found = useFound(receipt ? '' : wanted, recent);
  const isRecent = (hit: Hit) => recent.includes(refOf(hit));
  const groups = grouped(found.hits, isRecent);
  const { acts, pages } = usePlaces(role, text);
  const described = useDescribed(text);
  const open = (href: Route) => {
    onClose();
    void go(href);
  };
  const choose = (hit: Hit) => {
    remember(operatorId, hit);
    open(placeOf(hit));
  };
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    onClose();
  };
  const openReceipt = (event: ClipboardEvent) => {
    const where = placeOfReceipt(event.clipboardData.getData('text'));
    if (!where) return;
    event.preventDefault();
    open(where);
  };
  return (
    <Frame title={t('title')} onClose={onClose} onKeyDown={closeByKey}>
      <Command shouldFilter={false} loop label={t('title')} className="flex min-h-0 flex-col">
        <div className="flex items-center gap-2.5 border-b px-4">
          <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <Command.Input
            value={text}
            onValueChange={setText}
            onPaste={openReceipt}
            placeholder={t('placeholder')}
            maxLength={2_000}
            className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-muted-foreground"
          />
          <Primitive.Close aria-label={t('close')} className="rounded-sm">
            <Kbd>Esc</Kbd>
          </Primitive.Close>
        </div>
        <Command.List label={t('groups.found')} className="min-h-0 flex-1 overflow-y-auto p-2 empty:p-0">
          {receipt ? (
            <Group heading={t('groups.where')}>
              <Place value="where" icon={<SearchCheck aria-hidden />} onSelect={() => open(receipt)}>
                {t('receipt')}
              </Place>
            </Group>
          ) : null}
          <Places heading={t('groups.described')} places={described} onOpen={open} />
          {text === '' ? (
            <Hits heading={t('groups.recent')} hits={found.again} onChoose={choose} />
          ) : (
            groups.map(([group, hits]) => (
              <Hits key={group} heading={t(`groups.${group}`)} hits={hits} onChoose={choose} />
            ))
          )}
          <Places heading={t('groups.acts')} places={acts} onOpen={open}>
            {text === ''
              ? null
              : actsOn(found.hits, role).map(({ name, hit, href }) => (
                  <Place key={href} value={href} icon={<Plus aria-hidden />} onSelect={() => open(href)}>
                    {t(`actsOn.${name}`, { name: hit.name || t(`kinds.${hit.kind}`) })}
                  </Place>
                ))}
          </Places>
          <Places heading={t('groups.places')} places={pages} onOpen={open} />
        </Command.List>
        <p role="status" className="px-4 py-3 text-muted-foreground text-sm empty:hidden">
          {found.state && described.length === 0 ? t(found.state, { text: wanted }) : null}
        </p>
      </Command>
    </Frame>
  );
}

type FrameProps = { title: string; onClose: () => void; onKeyDown: (event: KeyboardEvent) => void };

function Frame({ title, onClose, onKeyDown, children }: FrameProps & { children: ReactNode }) {
  return (
    <Primitive.Root open onOpenChange={(shown) => (shown ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Primitive.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          className="fixed inset-x-0 top-0 z-50 mx-auto flex max-h-dvh flex-col overflow-hidden border bg-popover shadow-floating focus-visible:outline-none sm:top-[12vh] sm:max-h-[70vh] sm:max-w-xl sm:rounded-xl"
        >
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** What was found for a text, and what was opened before as it is now. */
function useFound(wanted: string, recent: readonly string[]) {
  const asks = wanted.length >= LEAST;
  const { data, isFetching, isError } = useQuery(
    {
      queryKey: ['find', wanted],
      queryFn: ({ signal }) => lookFor(wanted, signal),
      enabled: asks,
      placeholderData: keepPreviousData,
    },
    queries,
  );
  const again = useQuery(
    {
      queryKey: ['find-again', ...recent],
      queryFn: ({ signal }) => lookAgain(recent, signal),
      enabled: recent.length > 0,
    },
    queries,
  );
  const hits = asks ? (data ?? []) : [];
  const state = isError
    ? ('failed' as const)
    : asks && hits.length === 0
      ? isFetching
        ? ('looking' as const)
        : ('nothing' as const)
      : null;
  return { hits, again: again.data ?? [], state };
}

type HitsProps = { heading: string; hits: readonly Hit[]; onChoose: (hit: Hit) => void };

function Hits({ heading, hits, onChoose }: HitsProps) {
  if (hits.length === 0) return null;
  return (
    <Group heading={heading}>
      {hits.map((hit) => (
        <HitRow key={`${hit.kind} ${hit.id}`} hit={hit} onSelect={() => onChoose(hit)} />
      ))}
    </Group>
  );
}

type PlacesProps = {
  heading: string;
  places: ReturnType<typeof usePlaces>['pages'];
  onOpen: (href: Route) => void;
  children?: ReactNode[] | null;
};

function Places({ heading, places, onOpen, children }: PlacesProps) {
  if (places.length === 0 && !children?.length) return null;
  return (
    <Group heading={heading}>
      {children}
      {places.map(({ href, label, icon: Icon }) => (
        <Place key={href} value={href} icon={<Icon aria-hidden />} onSelect={() => onOpen(href)}>
          {label}
        </Place>
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
