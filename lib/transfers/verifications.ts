import { type Queryable, StaleRead } from '~/lib/db';
import { numberIn } from '~/lib/rails/destination';
import type { Sighting, TransferRow } from '~/lib/transfers/records';
import type { AccountVerification } from '~/prisma/generated/client';

/** The rail's clock and ours may differ by so much. */
const CLOCKS_MS = 10 * 60_000;

type Coin = Pick<
  AccountVerification,
  'id' | 'accountId' | 'asset' | 'amount' | 'destination' | 'transferId' | 'sentAt' | 'endedAt'
>;

/** Coins that a rail sends because we asked it whose account it is. They carry no mark, so each is known by what it is. */
export class Coins {
  /** Which transfer each of those turned out to be that nobody knew it of before. */
  private readonly seen: { id: string; transferId: string }[] = [];

  private readonly asked: Coin[];

  private constructor(asked: Coin[]) {
    this.asked = asked;
  }

  /** Those that transfers among these may be. Most carry a mark, and then nothing is asked. */
  static async among(client: Queryable, sightings: Sighting[]): Promise<Coins> {
    const unmarked = sightings.filter(
      ({ transfer }) => transfer.direction === 'outbound' && transfer.marks.withdrawalId === null,
    );
    if (unmarked.length === 0) return new Coins([]);
    const numbers = unmarked.flatMap(({ transfer }) => transfer.counterparty.number ?? []);
    const asked = await client.accountVerification.findMany({
      where: {
        OR: [
          { transferId: { in: unmarked.map(({ transfer }) => transfer.id) } },
          {
            transferId: null,
            destination: { in: numbers },
            sentAt: { not: null },
            state: { not: 'refused' },
          },
        ],
      },
      // One that is waited for rather than one that nobody expects any more.
      orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { sentAt: 'desc' }],
    });
    return new Coins(asked);
  }

  /** Whether a payout without a mark is one of them, each once. */
  explain(row: TransferRow): boolean {
    const coin =
      this.asked.find(({ transferId }) => transferId === row.id) ??
      this.asked.find((one) => one.transferId === null && isIt(one, row));
    if (!coin || !isIt(coin, row)) return false;
    if (coin.transferId === null) {
      coin.transferId = row.id;
      this.seen.push({ id: coin.id, transferId: row.id });
    }
    return true;
  }

  get areSeen(): boolean {
    return this.seen.length > 0;
  }

  /** Writes down which transfer each is. Throws StaleRead where another is by now. */
  async keep(tx: Queryable): Promise<void> {
    for (const { id, transferId } of this.seen) {
      const { count } = await tx.accountVerification.updateMany({
        where: { id, OR: [{ transferId: null }, { transferId }] },
        data: { transferId },
      });
      if (count === 0) throw new StaleRead(`Verification ${id} has another transfer by now.`);
    }
  }
}

function isIt(coin: Coin, row: TransferRow): boolean {
  return (
    coin.accountId === row.accountId &&
    coin.asset === row.asset &&
    coin.amount === row.amount &&
    numberIn(coin.destination) === row.counterpartyNumber &&
    coin.sentAt !== null &&
    row.transactedAt.getTime() >= coin.sentAt.getTime() - CLOCKS_MS
  );
}
