'use client';

import { type ReactNode, useCallback, useState } from 'react';
import { type News, OffersContext } from '~/components/form/offers-context';
import { OURSELVES } from '~/lib/timeline';

type OffersProps = {
  /** How what is offered on stands: `awaiting_approval`. */
  standing: string;
  /** What was done to it, the latest last: audit actions are told, all else is passed over. */
  timeline: readonly { at: Date; kind: string; actor: string | null }[];
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
  const news = open > 0 && kept.standing !== standing ? newsOf(kept.timeline, timeline) : null;
  return <OffersContext value={{ onOpen, news }}>{open > 0 ? kept.children : children}</OffersContext>;
}

type Timeline = OffersProps['timeline'];

/** The last thing that somebody did since; things also change by themselves. */
function newsOf(before: Timeline, now: Timeline): News | 'unknown' {
  const last = latestOf(now);
  if (!last || last.at.getTime() === latestOf(before)?.at.getTime()) return 'unknown';
  return {
    act: last.kind,
    by: last.actor === null || last.actor === OURSELVES ? '' : last.actor,
    at: last.at,
  };
}

function latestOf(timeline: Timeline) {
  return timeline.findLast(({ kind }) => kind.includes('.') && !/^(note|person)\./.test(kind));
}
