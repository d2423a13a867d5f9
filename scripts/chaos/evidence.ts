import type { Query } from './database.ts';
import type { Fintoc, Json } from './fintoc.ts';

/** lost: money or a word that is missing here. doubled: more of it here than there was. off: something else. */
export type Finding = { verdict: 'lost' | 'doubled' | 'off'; what: string };

/** What outbound transfers say that we made, and those that others made in the Dashboard. */
export const OUR_COMMENT = 'Caos 2';
export const STRANGE_COMMENT = 'Caos 3';
export const SETTLEMENT_COMMENT = 'Fintoc daily settlement';
/** What customers say who pay in to make good what they owe. */
export const TOP_UP_COMMENT = 'Caos 4';
/** How the tracking key of a transfer begins that stands in a signed event and nowhere else. */
export const FORGED = 'CAOSFALSO';
/** In centavos: a deposit into an account of ours that only a signed event tells of. Nothing real comes near it. */
export const PLANTED = 1_000_000_000;

/** What became of a request for a withdrawal, as whoever asked was told, and when. */
export type Outcome = { verdict: 'accepted' | 'refused'; at: Date };
/** A time of which a restore took back what was written here; Fintoc's side of it stands. */
export type Lapse = { from: Date; to: Date };

export type Evidence = {
  fintoc: Fintoc;
  query: Query;
  asked: ReadonlyMap<string, Outcome>;
  lapses: readonly Lapse[];
};

/** Fintoc's side, read over its API. */
export type Theirs = {
  accounts: Json[];
  numbers: Json[];
  transfers: Map<string, Json>;
  /** Signed amounts of the movements of each transfer. */
  moved: Map<string, bigint[]>;
};

export async function readFintoc(fintoc: Fintoc): Promise<Theirs> {
  const theirs: Theirs = { accounts: [], numbers: [], transfers: new Map(), moved: new Map() };
  for await (const account of fintoc.list('/v2/accounts?limit=300')) theirs.accounts.push(account);
  for await (const number of fintoc.list('/v2/account_numbers?limit=300')) theirs.numbers.push(number);
  for await (const transfer of fintoc.list('/v2/transfers?limit=300'))
    theirs.transfers.set(transfer.id, transfer);
  for (const { id } of theirs.accounts) {
    for await (const movement of fintoc.list(`/v2/accounts/${id}/movements?limit=300`)) {
      const amount = BigInt(movement.amount) * (movement.direction === 'inbound' ? 1n : -1n);
      push(theirs.moved, `${movement.resource_id}@${id}`, amount);
    }
  }
  return theirs;
}

/** A payout that none of our withdrawals asked for, whatever mark it carries. */
export function isStrange({ direction, comment, metadata }: Json): boolean {
  if (direction !== 'outbound') return false;
  return comment === STRANGE_COMMENT || comment === SETTLEMENT_COMMENT || !metadata.withdrawal_id;
}

/** Whether something of that time may have been forgotten here. */
export function isLapsed(lapses: readonly Lapse[], at: Date, earlierMs = 0): boolean {
  return lapses.some(({ from, to }) => from.getTime() <= at.getTime() + earlierMs && at <= to);
}

export function accountOf(transfer: Json): string {
  return transfer.account_number?.account_id ?? transfer.account_id;
}

export function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
