import { describe, expect, it } from 'vitest';
import { type Books, type CashEntry, compare, type Finding, type Movement } from '~/lib/proof/compare';

const NOW = new Date('2026-11-21T12:00:00Z');
const OLD = new Date('2026-11-21T11:00:00Z');
const GRACE_MS = 90_000;

let serial = 0;

/** A movement of an hour ago; its balance follows from the one before, unless given. */
function movement(amount: bigint, facts: Partial<Movement> = {}): Movement {
  serial += 1;
  const before = facts.before ?? 0n;
  return {
    id: `mov_${serial}`,
    amount,
    before,
    balance: before + amount,
    resourceId: `tr_${serial}`,
    at: OLD,
    readAt: OLD,
    underWay: false,
    ...facts,
  };
}

function entry(
  { resourceId, amount }: Pick<Movement, 'resourceId' | 'amount'>,
  facts: Partial<CashEntry> = {},
) {
  serial += 1;
  return {
    id: BigInt(serial),
    transferId: resourceId,
    amount,
    postedAt: OLD,
    walletId: null,
    ownerWalletId: null,
    settles: null,
    ...facts,
  } satisfies CashEntry;
}

const books = (facts: Partial<Books>): Books => ({
  movements: [],
  entries: [],
  complete: true,
  readAt: NOW,
  now: NOW,
  graceMs: GRACE_MS,
  ...facts,
});

const kinds = (findings: Finding[]) => findings.map(({ kind }) => kind);

describe('a movement and the entry of its transfer', () => {
  it('are equal, whatever the order in which the books heard of them', () => {
    const movements = [movement(100n), movement(250n), movement(-40n)];
    const entries = movements.map((each) => entry(each)).reverse();
    const { matches, findings } = compare(books({ movements, entries }));
    expect(findings).toEqual([]);
    expect(matches.map(({ movementId, entryIds }) => [movementId, entryIds])).toEqual(
      movements.map(({ id }, nth) => [id, [entries[2 - nth]?.id]]),
    );
  });

  it('are told apart by their way: a payment and its return are of one transfer', () => {
    const paid = movement(-100n, { before: 500n });
    const back = movement(100n, { before: 400n, resourceId: paid.resourceId });
    const entries = [entry(back), entry(paid)];
    const { matches, findings } = compare(books({ movements: [paid, back], entries }));
    expect(findings).toEqual([]);
    expect(matches).toEqual([
      { movementId: paid.id, entryIds: [entries[1]?.id] },
      { movementId: back.id, entryIds: [entries[0]?.id] },
    ]);
  });

  it('of different amounts are a break, and the books are what is wrong', () => {
    const told = movement(100n);
    const posted = entry({ ...told, amount: 90n });
    const { matches, findings } = compare(books({ movements: [told], entries: [posted] }));
    expect(matches).toEqual([]);
    expect(findings).toMatchObject([
      { kind: 'amount_differs', movementId: told.id, entryId: posted.id, expected: 100n, actual: 90n },
    ]);
  });

  it('are equal again once the difference was booked', () => {
    const told = movement(100n);
    const posted = entry({ ...told, amount: 90n });
    const booked = entry(
      { resourceId: null, amount: 10n },
      { settles: { movementId: told.id, entryId: null }, postedAt: NOW },
    );
    const { matches, findings } = compare(books({ movements: [told], entries: [posted, booked] }));
    expect(findings).toEqual([]);
    expect(matches).toEqual([{ movementId: told.id, entryIds: [posted.id, booked.id] }]);
  });

  it('that went to another wallet than the account number’s are equal for the cash, and a break', () => {
    const told = movement(100n);
    const wallets = { walletId: 'wallet of Ana', ownerWalletId: 'wallet of Beto' };
    const { matches, findings } = compare(books({ movements: [told], entries: [entry(told, wallets)] }));
    expect(matches).toHaveLength(1);
    expect(findings).toMatchObject([{ kind: 'wrong_wallet', movementId: told.id, ...wallets }]);
  });
});

describe('a movement without an entry', () => {
  it('is on its way while it is young, and no break', () => {
    const young = movement(100n, { at: new Date(NOW.getTime() - GRACE_MS + 1), readAt: NOW });
    const { lagging, findings } = compare(books({ movements: [young] }));
    expect(findings).toEqual([]);
    expect(lagging).toEqual([young]);
  });

  it('is missing here once it had its time', () => {
    const lost = movement(100n, { at: new Date(NOW.getTime() - GRACE_MS) });
    expect(compare(books({ movements: [lost] })).findings).toMatchObject([
      { kind: 'missing_here', movementId: lost.id, expected: 100n, actual: 0n },
    ]);
  });

  it('grows old also when Fintoc’s clock is ahead of ours', () => {
    const ahead = movement(100n, { at: new Date(NOW.getTime() + 86_400_000) });
    expect(kinds(compare(books({ movements: [ahead] })).findings)).toEqual(['missing_here']);
  });

  it('is on its way, however old, while an event of its transfer waits in the inbox', () => {
    const waiting = movement(100n, { underWay: true });
    const { lagging, findings } = compare(books({ movements: [waiting] }));
    expect({ findings, lagging }).toEqual({ findings: [], lagging: [waiting] });
  });

  it('is nothing when another of its transfer undid it', () => {
    const out = movement(-100n, { before: 100n });
    const back = movement(100n, { before: 0n, resourceId: out.resourceId });
    const { matches, findings } = compare(books({ movements: [out, back] }));
    expect(findings).toEqual([]);
    expect(matches).toEqual([
      { movementId: out.id, entryIds: [] },
      { movementId: back.id, entryIds: [] },
    ]);
  });
});

describe('an entry without a movement', () => {
  const posted = () => entry({ resourceId: 'tr_nowhere', amount: 100n });

  it('is none while Fintoc was asked too early to tell, however long the comparison took', () => {
    const readAt = new Date(OLD.getTime() + GRACE_MS - 1);
    expect(compare(books({ entries: [posted()], readAt })).findings).toEqual([]);
    expect(
      kinds(compare(books({ entries: [posted()], readAt: new Date(readAt.getTime() + 1) })).findings),
    ).toEqual(['missing_there']);
  });

  it('is missing there once Fintoc had its time', () => {
    const left = posted();
    expect(compare(books({ entries: [left] })).findings).toMatchObject([
      { kind: 'missing_there', entryId: left.id, expected: 0n, actual: 100n },
    ]);
  });

  it('is no break while it is young, nor before all of Fintoc’s list was read', () => {
    expect(compare(books({ entries: [{ ...posted(), postedAt: NOW }] })).findings).toEqual([]);
    expect(compare(books({ entries: [posted()], complete: false })).findings).toEqual([]);
  });

  it('is nothing when another of its transfer undid it: a payout that Fintoc never debited', () => {
    const accepted = entry({ resourceId: 'tr_refused', amount: -100n });
    const failed = entry({ resourceId: 'tr_refused', amount: 100n });
    const { cancelled, findings } = compare(books({ entries: [accepted, failed] }));
    expect(findings).toEqual([]);
    expect(cancelled).toEqual([accepted.id, failed.id]);
  });

  it('is nothing once it was booked back', () => {
    const wrong = posted();
    const back = entry(
      { resourceId: null, amount: -100n },
      { settles: { movementId: null, entryId: wrong.id }, postedAt: NOW },
    );
    const { cancelled, findings } = compare(books({ entries: [wrong, back] }));
    expect(findings).toEqual([]);
    expect(cancelled).toEqual([wrong.id, back.id]);
  });
});

describe('balances', () => {
  it('that do not follow from one movement to the next are a break of order', () => {
    const first = movement(100n);
    const odd = movement(50n, { before: 100n, balance: 149n });
    const { findings } = compare(books({ movements: [first, odd], entries: [entry(first), entry(odd)] }));
    expect(findings).toMatchObject([{ kind: 'order', movementId: odd.id, expected: 149n, actual: 150n }]);
  });

  it('of a movement whose predecessor isn’t known say nothing', () => {
    const first = movement(100n, { before: null, balance: 5_000n });
    expect(compare(books({ movements: [first], entries: [entry(first)] })).findings).toEqual([]);
  });
});

describe('whatever happened, in whatever order it was heard of', () => {
  /** A small generator with a seed, so that a failure can be had again. */
  function numbers(seed: number) {
    let state = seed;
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
  }

  function history(next: (below: number) => number, length: number): Movement[] {
    let balance = 0n;
    const transfers: { id: string; amount: bigint }[] = [];
    return Array.from({ length }, (_, nth) => {
      const undone = next(4) === 0 ? transfers.splice(next(transfers.length || 1), 1)[0] : undefined;
      const amount = undone ? -undone.amount : BigInt(1 + next(1_000)) * (next(2) === 0 ? 1n : -1n);
      const resourceId = undone?.id ?? `tr_${nth}`;
      if (!undone) transfers.push({ id: resourceId, amount });
      const made = movement(amount, { before: balance, resourceId });
      balance = made.balance;
      return made;
    });
  }

  const shuffled = <Item>(items: Item[], next: (below: number) => number) =>
    items
      .map((item) => ({ item, key: next(1_000_000) }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);

  it('equal books prove whole, each movement by one entry of its own', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const next = numbers(seed);
      const movements = history(next, 1 + next(60));
      const entries = shuffled(
        movements.map((each) => entry(each)),
        next,
      );
      const { matches, findings, lagging, cancelled } = compare(books({ movements, entries }));
      expect({ seed, findings, lagging, cancelled }).toEqual({
        seed,
        findings: [],
        lagging: [],
        cancelled: [],
      });
      expect(new Set(matches.flatMap(({ entryIds }) => entryIds)).size).toBe(movements.length);
    }
  });

  it('one planted fault is found, and it alone', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const next = numbers(seed);
      // Without returns: where a payment and its return are both lost, nothing is missing.
      const movements = history(next, 2 + next(40)).map((each, nth) => ({
        ...each,
        resourceId: `tr_${nth}`,
      }));
      const entries = movements.map((each) => entry(each));
      const victim = next(entries.length);
      const fault = (['missing_here', 'missing_there', 'amount_differs'] as const)[next(3)];
      if (fault === 'missing_here') entries.splice(victim, 1);
      if (fault === 'missing_there') entries.push(entry({ resourceId: 'tr_made_up', amount: 7n }));
      const hit = entries[victim];
      if (fault === 'amount_differs' && hit) entries[victim] = { ...hit, amount: hit.amount * 3n };
      const { findings, matches } = compare(books({ movements, entries: shuffled(entries, next) }));
      expect({ seed, kinds: kinds(findings) }).toEqual({ seed, kinds: [fault] });
      expect(matches).toHaveLength(fault === 'missing_there' ? movements.length : movements.length - 1);
    }
  });
});
