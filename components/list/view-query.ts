import { withoutPage } from '~/components/list/page-query';
import { NAMED_DAYS, type NamedDays, namedDays } from '~/components/list/search-params';

/** Where the name of the days stands that a view is of, whenever it is opened. */
const DAYS = 'days';

/** The address of a list; one that is part of a record's page has its id, and no views. */
export const LIST_PATH = /^\/[a-z/-]{1,80}$/;

/** What a view keeps of an address: its filters, and of days that have a name today, the name. */
export function viewQuery(address: { toString(): string }, today: string): string {
  const params = withoutPage(new URLSearchParams(address.toString()));
  const name = nameOfDays({ from: params.get('from'), to: params.get('to') }, today);
  if (name) {
    params.delete('from');
    params.delete('to');
    params.set(DAYS, name);
  }
  params.sort();
  return params.toString();
}

/** The address of a view today. */
export function viewAddress(path: string, query: string, today: string): string {
  const params = new URLSearchParams(query);
  const name = NAMED_DAYS.find((each) => each === params.get(DAYS));
  params.delete(DAYS);
  if (name) for (const [end, day] of Object.entries(namedDays(name, today))) params.set(end, day);
  const filters = params.toString();
  return filters === '' ? path : `${path}?${filters}`;
}

/** What the days of an address are called today, where people have a name for them. */
export function nameOfDays(
  { from, to }: { from?: string | null; to?: string | null },
  today: string,
): NamedDays | undefined {
  return NAMED_DAYS.find((name) => {
    const days = namedDays(name, today);
    return days.from === from && days.to === to;
  });
}
