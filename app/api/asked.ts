import { lineOf } from '~/lib/text';

const MOST = 500;

/** What a parameter of an address says, as text that can be asked for: on one line, tidied and cut. Empty without it. */
export function asked(request: Request, name: string): string {
  return lineOf(new URL(request.url).searchParams.get(name) ?? '').slice(0, MOST);
}

/** The same of a parameter that is said several times. */
export function askedEach(request: Request, name: string): string[] {
  return new URL(request.url).searchParams.getAll(name).map((text) => lineOf(text).slice(0, MOST));
}
