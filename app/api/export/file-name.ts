import type { Messages } from '~/app/messages/load';
import { dayOf, isDay, type SearchParams, textParam } from '~/components/list/search-params';

type Named = {
  /** What is listed, in the reader's words. */
  title: string;
  /** Whose it is, if it is somebody's. */
  of: string | undefined;
  params: SearchParams;
  timeZone: string;
  words: Messages['exports']['file'];
};

const LONGEST = 60;

/** `movimientos-monedero-ana-2026-11-01-a-2026-11-20`: what, whose and of when, in letters that every system takes. */
export function fileName({ title, of, params, timeZone, words }: Named): string {
  return [slug(title), of && slug(of), periodOf(params, dayOf(new Date(), timeZone), words)]
    .filter(Boolean)
    .join('-');
}

function periodOf(params: SearchParams, today: string, words: Named['words']): string {
  const at = textParam(params, 'at');
  if (at) return `${words.at}-${slug(at)}`;
  const day = (name: string) => {
    const text = textParam(params, name);
    return text && isDay(text) ? text : undefined;
  };
  const [from, to] = [day('from'), day('to')];
  if (!from) return `${words.until}-${to ?? today}`;
  return from === to ? from : `${from}-${words.to}-${to ?? today}`;
}

function slug(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
}
