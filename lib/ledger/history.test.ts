import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { db, type Tx, transaction } from '~/lib/db';
import { cash, type LedgerAccountSpec, suspense, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, type PostingResult, postTransactions } from '~/lib/ledger/post';
import { expectSoundBooks } from '~/lib/testing/books';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

/** Thousands of histories; FAST_CHECK_RUNS asks for more. */
const HISTORIES = Number(process.env.FAST_CHECK_RUNS ?? 2_000);
const SIDE_BY_SIDE = 300;
const ASSETS = ['MXN', 'CLP', 'USDC'] as const;

/** Accounts by place: customers' (never below zero), the platform's and Fintoc's; new ones for every history. */
const PLACES = ['wallet-1', 'wallet-2', 'wallet-3', 'reserved-1', 'cash', 'suspense', 'house'] as const;
type Place = (typeof PLACES)[number];

type Line = { place: Place; asset: (typeof ASSETS)[number]; amount: bigint };
type Item = { source: number; guarded: boolean; lines: Line[] };

const amount = fc.oneof(fc.bigInt(1n, 12n), fc.bigInt(1n, 10_000_000_000n));
const place = fc.constantFrom(...PLACES);
const movement = fc
  .tuple(place, place, fc.constantFrom(...ASSETS), amount)
  .map(([from, to, asset, value]): Line[] => [
    { place: from, asset, amount: value },
    { place: to, asset, amount: -value },
  ]);
const item: fc.Arbitrary<Item> = fc.record({
  // Few sources: most histories repeat some, in one batch and over several.
  source: fc.integer({ min: 1, max: 14 }),
  guarded: fc.boolean(),
  lines: fc.array(movement, { minLength: 1, maxLength: 3 }).map((pairs) => pairs.flat()),
});
const history = fc.array(fc.array(item, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });

describe('random histories against a plain model', () => {
  it('give the same outcomes and balances, one batch after another', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(history, async (batches) => {
        run += 1;
        const model = new Model(`h${run}`);
        for (const batch of batches) {
          const results = await postBatch(`h${run}`, batch);
          expect(results.map(({ outcome }) => outcome)).toEqual(model.postBatch(batch));
        }
        expect(await balances(`h${run}`)).toEqual(model.balances());
      }),
      { numRuns: HISTORIES, endOnFailure: true },
    );
    await expectSoundBooks();
  }, 240_000);

  it('keep every promise when batches of many histories are posted side by side', async () => {
    const samples = fc.sample(history, { numRuns: SIDE_BY_SIDE, seed: 7 });
    await Promise.all(
      samples.map(async (batches, nth) => {
        // Six histories share each set of accounts, and their sources: they meet on rows and on constraints.
        const scope = `shared${nth % (SIDE_BY_SIDE / 6)}`;
        for (const batch of batches) await transaction((tx) => postBatch(scope, batch, tx));
      }),
    );
    await expectSoundBooks();
  });
});

function specOf(scope: string, name: Place, asset: string): LedgerAccountSpec {
  switch (name) {
    case 'wallet-1':
    case 'wallet-2':
    case 'wallet-3':
    case 'reserved-1': {
      const [bucket, number] = name.split('-');
      const id = `00000000-0000-4000-8000-00000000000${number}`;
      const wallet = { id, kind: 'customer', houseRole: null, asset } as const;
      const spec = walletAccount(wallet, bucket === 'wallet' ? 'available' : 'reserved');
      return { ...spec, code: `${scope}/${spec.code}` };
    }
    case 'cash':
      return { ...cash(scope, asset), code: `${scope}/cash` };
    case 'suspense':
      return { ...suspense(asset), code: `${scope}/suspense` };
    case 'house':
      return { ...suspense(asset), code: `${scope}/house` };
  }
}

function toPosting(scope: string, { source, guarded, lines }: Item): Posting {
  return {
    cause: someCause(`${scope}:${source}`),
    kind: 'adjustment',
    effectiveAt: new Date('2026-11-21T12:00:00Z'),
    guarded,
    lines: lines.map((line) =>
      (line.amount > 0n ? debit : credit)(
        specOf(scope, line.place, line.asset),
        line.amount > 0n ? line.amount : -line.amount,
      ),
    ),
  };
}

/** One statement is a transaction of its own. */
function postBatch(scope: string, batch: Item[], tx: Tx = db()): Promise<PostingResult[]> {
  return postTransactions(
    tx,
    batch.map((each) => toPosting(scope, each)),
  );
}

async function balances(scope: string): Promise<Record<string, bigint>> {
  const rows = await db().ledgerAccount.findMany({
    where: { code: { startsWith: `${scope}/` }, balance: { not: 0n } },
  });
  return Object.fromEntries(rows.map(({ code, asset, balance }) => [`${code} ${asset}`, balance]));
}

/** What the ledger should do, in the plainest words: one item at a time, all of it or nothing. */
class Model {
  private readonly scope: string;
  private readonly held = new Map<string, bigint>();
  private readonly posted = new Set<number>();

  constructor(scope: string) {
    this.scope = scope;
  }

  /** In one batch a source is tried once, and what repeats it shares its fate. */
  postBatch(batch: Item[]): PostingResult['outcome'][] {
    const refused = new Set<number>();
    return batch.map((each) => {
      const outcome = refused.has(each.source) ? 'insufficient' : this.post(each);
      if (outcome === 'insufficient') refused.add(each.source);
      return outcome;
    });
  }

  private post({ source, guarded, lines }: Item): PostingResult['outcome'] {
    if (this.posted.has(source)) return 'duplicate';
    const after = new Map(this.held);
    for (const line of lines) {
      const spec = specOf(this.scope, line.place, line.asset);
      const key = `${spec.code} ${line.asset}`;
      const delta = spec.side === 'debit' ? line.amount : -line.amount;
      const balance = (after.get(key) ?? 0n) + delta;
      // A line that takes money may not leave less than nothing behind, not even for the length of a transaction.
      if (delta < 0n && balance < 0n && (spec.nonNegative || guarded)) return 'insufficient';
      after.set(key, balance);
    }
    for (const [key, balance] of after) this.held.set(key, balance);
    this.posted.add(source);
    return 'posted';
  }

  balances(): Record<string, bigint> {
    return Object.fromEntries([...this.held].filter(([, balance]) => balance !== 0n));
  }
}
