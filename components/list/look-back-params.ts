import { AddressReader } from '~/components/list/read-address';
import { type SearchParams, textParam } from '~/components/list/search-params';
import { CLOCKS, type Clock, type Moment } from '~/lib/ledger/moment';

/** What the address asks to see: balances of a moment, beside those of another. Left out, now and nothing. */
export type LookBack = {
  at: Moment | undefined;
  compared: Moment | undefined;
  clock: Clock;
  /** As they stand in the address. */
  words: { at: string | undefined; compared: string | undefined };
};

/** Reads `?at=`, `?with=` and `?clock=` of a page that is about balances; `besides` is what a list on it reads. */
export function readLookBack(params: SearchParams, timeZone: string, besides: readonly string[] = []) {
  const read = new AddressReader(params).besides(...besides);
  const look = lookBackOf(read, params, timeZone, ['at', 'with']);
  return { ...read.done({}), look };
}

/** The moments of an address; `with` only where balances are compared. */
export function lookBackOf(
  read: AddressReader,
  params: SearchParams,
  timeZone: string,
  names: readonly ('at' | 'with')[],
): LookBack {
  const clock = read.choice('clock', CLOCKS) ?? 'effective';
  const of = (name: 'at' | 'with') => {
    const before = names.includes(name) ? read.moment(name, timeZone) : undefined;
    return before ? { moment: { before, clock }, words: textParam(params, name) } : undefined;
  };
  const [at, compared] = [of('at'), of('with')];
  return {
    at: at?.moment,
    compared: compared?.moment,
    clock,
    words: { at: at?.words, compared: compared?.words },
  };
}
