import { lineOf } from '~/lib/text';

const MOST = 500;

/** What a parameter of an address says, as text that can be asked for: on one line, tidied and cut. Empty without it. */
export function asked(request: Request, name: string): string {
  return askedAll(request, name)[0] ?? '';
}

/** Of one that stands there several times, each. */
export function askedAll(request: Request, name: string): string[] {
  return new URL(request.url).searchParams.getAll(name).map((text) => lineOf(text).slice(0, MOST));
}
