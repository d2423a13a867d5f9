/** What Fintoc says once and then otherwise: an event that tells two things, a CLABE that becomes another number's. */
import { db } from '~/lib/db';
import { found, type Purse } from './crew.ts';
import type { Dice } from './dice.ts';
import { type Evidence, type Finding, isLapsed, type Lapse } from './evidence.ts';
import { type Fintoc, ignoreRefusal, type Json } from './fintoc.ts';

/** So many of the newest events one is chosen from. */
const MOST_CHOSEN = 50;
const MOST_AMOUNT = 50_000;

type World = {
  fintoc: Fintoc;
  /** An event that was taken in for so long is forgotten by no restore: what comes under its id is the second content. */
  settledMs: number;
};

export class Mistaken {
  /** Events that told something else later, and when they did. */
  readonly contradicted = new Map<string, Date>();
  /** Numbers whose CLABE was given out again, and the ids that have it now. */
  readonly reissued = new Map<string, string>();
  readonly #fintoc: Fintoc;
  readonly #settledMs: number;

  constructor({ fintoc, settledMs }: World) {
    this.#fintoc = fintoc;
    this.#settledMs = settledMs;
  }

  /** The event of a deposit comes again, of another amount. Answers whether there was one to choose. */
  async contradict(dice: Dice): Promise<boolean> {
    const [amount, share] = [dice.int(1, MOST_AMOUNT), dice.int(0, MOST_CHOSEN - 1)];
    const events = await found(() =>
      db().inboxEvent.findMany({
        where: {
          ...{ type: 'transfer.inbound.succeeded', origin: 'webhook', state: 'processed' },
          ...{ receivedAt: { lt: new Date(Date.now() - this.#settledMs) } },
        },
        ...{ orderBy: { receivedAt: 'desc' }, take: MOST_CHOSEN, select: { id: true } },
      }),
    );
    const event = events[share % Math.max(1, events.length)];
    if (!event || this.contradicted.has(event.id)) return false;
    const at = new Date();
    try {
      await this.#fintoc.control('POST', `/events/${event.id}/redeliver`, { data: { amount } });
    } catch (error) {
      ignoreRefusal(error);
      return false;
    }
    this.contradicted.set(event.id, at);
    return true;
  }

  /** A number of nobody's takes money, is deleted, and takes money again under another id. */
  async reissue({ accountId }: Purse, dice: Dice): Promise<boolean> {
    const amounts = [dice.int(100, MOST_AMOUNT), dice.int(100, MOST_AMOUNT)];
    try {
      const old = await this.#fintoc.post('/v2/account_numbers', { account_id: accountId });
      await this.#pay(old.id, amounts[0] ?? 0);
      const again = await this.#fintoc.control('POST', `/account-numbers/${old.id}/reissue`, {});
      this.reissued.set(old.id, again.id);
      await this.#pay(again.id, amounts[1] ?? 0);
      return true;
    } catch (error) {
      // What was refused because an answer got lost was done before.
      ignoreRefusal(error);
      return false;
    }
  }

  #pay(numberId: string, amount: number): Promise<unknown> {
    const deposit = { account_number_id: numberId, amount, comment: 'Caos 1' };
    return this.#fintoc.control('POST', '/inbound-transfers/batch', { transfers: [deposit] });
  }
}

/** Whether the second content was taken in by books that were taken back: its delivery may take a while. */
async function isForgotten(
  id: string,
  asked: Date,
  fintoc: Fintoc,
  lapses: readonly Lapse[],
): Promise<boolean> {
  const deliveries: Json[] = await fintoc.control('GET', `/deliveries?status=succeeded&event_id=${id}`);
  return [asked, ...deliveries.map(({ delivered_at }) => new Date(delivered_at))].some(
    (at) => at >= asked && isLapsed(lapses, at),
  );
}

/** The second content is kept beside the first, and who has a CLABE now has it here as well. */
export async function judgeMistaken(
  { contradicted, reissued }: Pick<Mistaken, 'contradicted' | 'reissued'>,
  { fintoc, query, lapses }: Pick<Evidence, 'fintoc' | 'query' | 'lapses'>,
): Promise<Finding[]> {
  const kept = await query<{ id: string }>('SELECT DISTINCT event_id AS id FROM inbox_conflicts');
  const known = new Set(kept.map(({ id }) => id));
  const numbers = await query<{ id: string; number: string; status: string }>(
    'SELECT id, number, status FROM account_numbers WHERE id = ANY ($1)',
    [[...reissued].flat()],
  );
  const ours = new Map(numbers.map((number) => [number.id, number]));
  const findings: Finding[] = [];
  for (const [id, at] of contradicted)
    if (!known.has(id) && !(await isForgotten(id, at, fintoc, lapses)))
      findings.push({
        verdict: 'lost',
        what: `event ${id} came with two contents, and the second is not kept`,
      });
  for (const [old, again] of reissued) {
    const [before, now] = [ours.get(old), ours.get(again)];
    if (now?.status !== 'enabled')
      findings.push({ verdict: 'off', what: `number ${again} is ${now?.status ?? 'not'} here` });
    if (before && (before.status !== 'deleted' || before.number !== now?.number))
      findings.push({
        verdict: 'off',
        what: `number ${old} is ${before.status} here, and ${again} has its CLABE`,
      });
  }
  return findings;
}
