/**
 * Compares an account's movements at Fintoc with the entries of its cash account in the ledger. Pure.
 *
 * A movement belongs to a transfer and goes in or out; so does the entry that stands for it. They are matched by
 * that, not by their order: events arrive out of order, and the ledger numbers what it hears as it hears it.
 * Amounts are signed as for cash: what comes in is positive.
 */
export type Movement = {
  id: string;
  /** Signed. */
  amount: bigint;
  /** Of the account at Fintoc, after it. */
  balance: bigint;
  resourceId: string | null;
  at: Date;
  readAt: Date;
  /** Of the account at Fintoc after the movement before this one; null where that isn't known. */
  before: bigint | null;
  /** Whether an event of its transfer still waits in the inbox. */
  underWay: boolean;
};

export type CashEntry = {
  id: bigint;
  transferId: string | null;
  amount: bigint;
  postedAt: Date;
  /** For a deposit: the wallet that was credited, and the one whose account number it came to. */
  walletId: string | null;
  ownerWalletId: string | null;
  /** For an entry that settles a break: the movement or the other entry that the break was about. */
  settles: { movementId: string | null; entryId: bigint | null } | null;
};

export type FindingKind = 'missing_here' | 'missing_there' | 'amount_differs' | 'wrong_wallet' | 'order';

export type Finding = {
  kind: FindingKind;
  movementId: string | null;
  entryId: bigint | null;
  transferId: string | null;
  walletId: string | null;
  ownerWalletId: string | null;
  /** What Fintoc says, and what the books say. */
  expected: bigint;
  actual: bigint;
  at: Date;
};

export type Comparison = {
  /** `entryIds` is empty where two movements undo each other and the books know of neither. */
  matches: { movementId: string; entryIds: bigint[] }[];
  /** Entries without a movement that undo each other. */
  cancelled: bigint[];
  /** Movements whose posting may still be on its way. */
  lagging: Movement[];
  /** By their oldest movement. */
  findings: Finding[];
};

export type Books = {
  /** Movements without an entry yet, in Fintoc's order. */
  movements: Movement[];
  /** Cash entries without a movement yet. */
  entries: CashEntry[];
  /** Whether all that Fintoc has was read: only then is an entry without a movement one too many. */
  complete: boolean;
  /** When Fintoc was asked. What was posted since can't be among what it answered, however long ago that is by now. */
  readAt: Date;
  now: Date;
  /** How long each side may take to learn of the other's. */
  graceMs: number;
};

export function compare(books: Books): Comparison {
  const pool = new EntryPool(books.entries);
  const result: Comparison = { matches: [], cancelled: [], lagging: [], findings: [] };
  const alone: Movement[] = [];
  for (const movement of books.movements) {
    const { before, amount, balance } = movement;
    if (before !== null && before + amount !== balance)
      result.findings.push(about(movement, { kind: 'order', expected: balance, actual: before + amount }));
    const entries = pool.take(movement);
    const sum = entries.reduce((total, { amount }) => total + amount, 0n);
    if (entries.length === 0) alone.push(movement);
    else if (sum === movement.amount) matched(result, movement, entries);
    else
      result.findings.push(
        about(movement, {
          kind: 'amount_differs',
          expected: movement.amount,
          actual: sum,
          entryId: entries[0]?.id ?? null,
        }),
      );
  }
  judgeMovements(books, alone, result);
  judgeEntries(books, pool.left(), result);
  result.findings.sort((a, b) => a.at.getTime() - b.at.getTime());
  return result;
}

function matched(result: Comparison, movement: Movement, entries: CashEntry[]): void {
  result.matches.push({ movementId: movement.id, entryIds: entries.map(({ id }) => id) });
  const [{ id: entryId, walletId, ownerWalletId } = NOTHING] = entries;
  if (!walletId || !ownerWalletId || walletId === ownerWalletId) return;
  const { amount } = movement;
  result.findings.push(
    about(movement, {
      kind: 'wrong_wallet',
      expected: amount,
      actual: amount,
      entryId,
      walletId,
      ownerWalletId,
    }),
  );
}

const NOTHING = { id: null, walletId: null, ownerWalletId: null };

/** Movements that the books don't know: one may undo another, be on its way, or be missing. */
function judgeMovements({ now, graceMs }: Books, alone: Movement[], result: Comparison): void {
  const isOld = ({ at, readAt, underWay }: Movement) => !underWay && ageOf(now, at, readAt) >= graceMs;
  const [undone, rest] = pairsOff(
    alone,
    ({ resourceId }) => resourceId,
    (movement) => isOld(movement),
  );
  for (const { id } of undone) result.matches.push({ movementId: id, entryIds: [] });
  for (const movement of rest) {
    if (isOld(movement))
      result.findings.push(about(movement, { kind: 'missing_here', expected: movement.amount, actual: 0n }));
    else result.lagging.push(movement);
  }
}

/** Entries that no movement asked for: one may undo another, or be of what Fintoc hasn't listed yet. */
function judgeEntries({ readAt, graceMs, complete }: Books, left: CashEntry[], result: Comparison): void {
  if (!complete) return;
  const settled = new Set(left.flatMap(({ settles }) => (settles?.entryId ? [settles.entryId] : [])));
  const subjectOf = ({ id, settles }: CashEntry) => settles?.entryId ?? (settled.has(id) ? id : null);
  const isOld = (entry: CashEntry) =>
    subjectOf(entry) !== null || ageOf(readAt, entry.postedAt, entry.postedAt) >= graceMs;
  const key = (entry: CashEntry) => {
    const subject = subjectOf(entry);
    return subject === null ? entry.transferId : `entry:${subject}`;
  };
  const [undone, rest] = pairsOff(left, key, isOld);
  result.cancelled.push(...undone.map(({ id }) => id));
  for (const entry of rest.filter(isOld)) {
    const { id: entryId, transferId, amount, postedAt: at } = entry;
    const finding = { kind: 'missing_there' as const, expected: 0n, actual: amount, at };
    result.findings.push({ ...NOBODY, ...finding, movementId: null, entryId, transferId });
  }
}

const NOBODY = { walletId: null, ownerWalletId: null };

function about(
  { id, resourceId, at }: Movement,
  facts: Pick<Finding, 'kind' | 'expected' | 'actual'> & Partial<Finding>,
): Finding {
  return { ...NOBODY, entryId: null, movementId: id, transferId: resourceId, at, ...facts };
}

/** A clock that runs ahead of ours doesn't keep a movement young for ever. */
function ageOf(now: Date, at: Date, seenAt: Date): number {
  return now.getTime() - Math.min(at.getTime(), seenAt.getTime());
}

/** Parts what undoes each other, an amount and its opposite under one key, from the rest. */
function pairsOff<Item extends { amount: bigint }>(
  items: Item[],
  keyOf: (item: Item) => string | null,
  may: (item: Item) => boolean,
): [undone: Item[], rest: Item[]] {
  const waiting = new Map<string, Item[]>();
  const undone = new Set<Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null || !may(item)) continue;
    const opposite = waiting.get(`${key}/${-item.amount}`)?.pop();
    if (opposite) undone.add(opposite).add(item);
    else waiting.set(`${key}/${item.amount}`, [...(waiting.get(`${key}/${item.amount}`) ?? []), item]);
  }
  return [items.filter((item) => undone.has(item)), items.filter((item) => !undone.has(item))];
}

/** Entries by what they can stand for; each is given away once. */
class EntryPool {
  private readonly byKey = new Map<string, CashEntry[]>();
  private readonly settling = new Map<string, CashEntry[]>();
  private readonly unused: Set<CashEntry>;

  constructor(entries: CashEntry[]) {
    this.unused = new Set(entries);
    for (const entry of entries) {
      const settled = entry.settles?.movementId;
      if (settled) add(this.settling, settled, entry);
      else if (entry.transferId) add(this.byKey, keyOf(entry.transferId, entry.amount), entry);
    }
  }

  /** The entry of the same transfer and way, of the same amount if there is one, and what settles their difference. */
  take({ id, amount, resourceId }: Movement): CashEntry[] {
    const settling = this.settling.get(id) ?? [];
    const candidates = resourceId ? (this.byKey.get(keyOf(resourceId, amount)) ?? []) : [];
    const found = candidates.find((entry) => entry.amount === amount) ?? candidates[0];
    if (found) candidates.splice(candidates.indexOf(found), 1);
    const taken = [...(found ? [found] : []), ...settling];
    for (const entry of taken) this.unused.delete(entry);
    return taken;
  }

  left(): CashEntry[] {
    return [...this.unused];
  }
}

function keyOf(transferId: string, amount: bigint): string {
  return `${transferId}/${amount > 0n ? 'in' : 'out'}`;
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
