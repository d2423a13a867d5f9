'use client';

import { type ReactNode, useCallback, useState } from 'react';
import { type News, OffersContext } from '~/components/form/offers-context';
import { OURSELVES } from '~/lib/timeline';

type OffersProps = {
  /** How what is offered on stands: `awaiting_approval`; of several things, each under its id. */
  standing: string | Readonly<Record<string, string>>;
  /** What was done to it, the latest last: audit actions are told, all else is passed over. `about`: to which of several. */
  timeline: readonly { at: Date; kind: string; actor: string | null; about?: string }[];
  children: ReactNode;
};

/**
 * What can be done about a thing, where others may do it first. While a dialog is open its offer stays on the page,
 * however the page changes; the dialog then says who did what, until whoever opened it closes it.
 */
export function Offers({ standing, timeline, children }: OffersProps) {
  const [open, setOpen] = useState(0);
  const [kept, setKept] = useState({ standing, children, timeline });
  if (open === 0 && (kept.children !== children || kept.standing !== standing))
    setKept({ standing, children, timeline });
  const onOpen = useCallback((isOpen: boolean) => setOpen((count) => count + (isOpen ? 1 : -1)), []);
  const newsOf = (about: string) =>
    open > 0 && standingOf(kept.standing, about) !== standingOf(standing, about)
      ? newsIn(ofThis(kept.timeline, about), ofThis(timeline, about))
      : null;
  return <OffersContext value={{ onOpen, newsOf }}>{open > 0 ? kept.children : children}</OffersContext>;
}

/** Empty for what is no more. */
function standingOf(standing: OffersProps['standing'], about: string): string {
  return typeof standing === 'string' ? standing : (standing[about] ?? '');
}

function ofThis(timeline: Timeline, about: string): Timeline {
  return timeline.filter((item) => about === '' || item.about === undefined || item.about === about);
}

type Timeline = OffersProps['timeline'];

/** The last thing that a person did since, whatever came of it; where nobody did, what happened by itself. */
function newsIn(before: Timeline, now: Timeline): News | 'unknown' {
  const [known, acts] = [actsOf(before).at(-1), actsOf(now)];
  const place = acts.findLastIndex(
    ({ at, kind }) => kind === known?.kind && at.getTime() === known.at.getTime(),
  );
  const since = acts.slice(place + 1);
  const told = since.findLast(({ actor }) => isSomebody(actor)) ?? since.at(-1);
  return told ? { act: told.kind, by: isSomebody(told.actor) ? told.actor : '', at: told.at } : 'unknown';
}

function isSomebody(actor: string | null): actor is string {
  return actor !== null && actor !== OURSELVES;
}

function actsOf(timeline: Timeline) {
  return timeline.filter(({ kind }) => kind.includes('.') && !/^(note|person)\./.test(kind));
}
