/** Money asked to leave by every way there is: to each kind of destination, in parts, by files and on planned days. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OperatorActor } from '~/lib/actor';
import { confirmBatch, uploadBatch } from '~/lib/batches/batches';
import { requestPayout } from '~/lib/batches/split';
import { db } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { isCardNumber } from '~/lib/rails/destination';
import { planSchedule } from '~/lib/schedules/schedules';
import type { NewWithdrawal } from '~/lib/withdrawals/checks';
import { type Crew, insist, type Purse } from './crew.ts';
import type { Dice } from './dice.ts';
import { someNumber } from './driver.ts';
import { OUR_COMMENT } from './evidence.ts';

/** How often each way is gone. */
const WAYS = {
  clabe: 8,
  card: 5,
  phone: 5,
  tef: 5,
  split: 4,
  file: 3,
  tef_file: 2,
  schedule: 4,
  tef_schedule: 2,
};
export type Way = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as Way[];

const ASKERS = 4;
/** Destinations at which the local Fintoc refuses, returns at once and late, or fails a payout. */
const UNLUCKY = ['012969100000000013', '012969100000000039', '012969100000000042'];
const UNLUCKY_ACCOUNTS = ['90000000001', '90000000004', '90000000005', '90000000009'];
const UNLUCKY_SHARE = 0.15;
/** In pesos of Chile: what its network carries at once, and some three times as much. */
const AT_ONCE = 7_000_000;
const FILE_ROWS = 8;

type World = { crew: Crew; purses: Purse[]; chilean: { id: string }; dice: Dice; withdrawals: number };
type Payment = { destination: string; amount: bigint };

export class Asked {
  /** What was accepted, by what it was told to be. */
  readonly made: { withdrawals: Set<string>; batches: Set<string>; schedules: Set<string> } = {
    withdrawals: new Set(),
    batches: new Set(),
    schedules: new Set(),
  };
  readonly ways: Record<Way, number> = Object.fromEntries(WAY_NAMES.map((way) => [way, 0])) as Record<
    Way,
    number
  >;
  readonly #world: World;
  #planned = 0;
  #serial = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Each way once, then as the dice say, until so many withdrawals were asked for. */
  async run(): Promise<void> {
    const { dice, withdrawals } = this.#world;
    const first = dice.for('first').shuffled(WAY_NAMES);
    const ask = async (own: Dice) => {
      while (first.length > 0 || this.#planned < withdrawals) {
        await this.ask(own, first.shift() ?? own.weighted(WAYS));
        await sleep(own.int(20, 400));
      }
    };
    await Promise.all(Array.from({ length: ASKERS }, (_, nth) => ask(dice.for(`asker ${nth}`))));
  }

  /** One thing by one way. What is refused was not asked for. */
  async ask(dice: Dice, way: Way): Promise<void> {
    this.#serial += 1;
    const requestId = `chaos-way-${this.#serial}`;
    const operator = dice.pick(this.#world.crew.operators);
    this.ways[way] += 1;
    switch (way) {
      case 'file':
      case 'tef_file':
        return this.#file(dice, operator, way, requestId);
      case 'schedule':
      case 'tef_schedule':
        return this.#schedule(dice, operator, way, requestId);
      default:
        return this.#payout(dice, operator, way, requestId);
    }
  }

  async #payout(dice: Dice, operator: OperatorActor, way: Way, requestId: string): Promise<void> {
    const asked = this.#wanted(dice, way, requestId);
    this.#planned += partsOf(asked);
    // Some press twice.
    const ask = () => insist(() => requestPayout(operator, asked));
    for (const made of await Promise.all(dice.chance(0.2) ? [ask(), ask()] : [ask()]))
      if (!(made instanceof DomainError))
        (made.kind === 'batch' ? this.made.batches : this.made.withdrawals).add(made.id);
  }

  async #file(dice: Dice, operator: OperatorActor, way: Way, requestId: string): Promise<void> {
    const isChilean = way === 'tef_file';
    const of: Way[] = isChilean ? ['tef', 'split'] : ['clabe', 'card', 'phone'];
    const rows = Array.from({ length: isChilean ? 3 : FILE_ROWS }, (_, nth) =>
      this.#payment(dice, of[nth % of.length] ?? 'clabe'),
    );
    this.#planned += rows.reduce(
      (sum, row) => sum + partsOf({ ...row, asset: isChilean ? 'CLP' : 'MXN' }),
      0,
    );
    const text = (amount: bigint) =>
      isChilean ? String(amount) : `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
    const lines = rows.map(
      ({ destination, amount }) => `${destination},${text(amount)},Camila Rojas,${OUR_COMMENT}`,
    );
    const bytes = new TextEncoder().encode(['destino,monto,nombre,concepto', ...lines].join('\n'));
    const payer = isChilean ? this.#world.chilean : dice.pick(this.#world.purses);
    const batch = await insist(() =>
      uploadBatch(operator, {
        ...{ file: { name: `${requestId}.csv`, bytes }, asset: isChilean ? 'CLP' : 'MXN' },
        ...{ walletId: payer.id, requestId },
      }),
    );
    if (batch instanceof DomainError) return;
    const confirmed = await insist(() => confirmBatch(operator, { batchId: batch.id, paysRepeats: true }));
    if (!(confirmed instanceof DomainError)) this.made.batches.add(batch.id);
  }

  /** Its day comes at once: nobody waits for it here. */
  async #schedule(dice: Dice, operator: OperatorActor, way: Way, requestId: string): Promise<void> {
    const { acceptedTwin: _, ...asked } = this.#wanted(
      dice,
      way === 'schedule' ? 'clabe' : 'split',
      requestId,
    );
    this.#planned += partsOf(asked);
    const planned = await insist(() =>
      planSchedule(operator, { ...asked, asset: asked.asset ?? '', every: 'once', startsOn: '2099-01-31' }),
    );
    if (planned instanceof DomainError) return;
    this.made.schedules.add(planned.id);
    await insist(() =>
      db().schedule.updateMany({ where: { id: planned.id, state: 'active' }, data: { nextAt: new Date() } }),
    );
  }

  #wanted(dice: Dice, way: Way, requestId: string): NewWithdrawal {
    const isChilean = way === 'tef' || way === 'split';
    const payer = isChilean ? this.#world.chilean : dice.pick(this.#world.purses);
    return {
      ...{ walletId: payer.id, asset: isChilean ? 'CLP' : 'MXN', requestId, comment: OUR_COMMENT },
      ...{ beneficiaryName: 'Camila Rojas', ...this.#payment(dice, way) },
    };
  }

  #payment(dice: Dice, way: Way): Payment {
    const isUnlucky = dice.chance(UNLUCKY_SHARE);
    const centavos = BigInt(dice.int(100, 15_000));
    switch (way) {
      case 'card':
        return { destination: `40012/${someCard(dice)}`, amount: centavos };
      case 'phone':
        return { destination: `40012/55${dice.int(10_000_000, 99_999_999)}`, amount: centavos };
      case 'tef':
      case 'split': {
        const account = isUnlucky ? dice.pick(UNLUCKY_ACCOUNTS) : String(dice.int(1_000_000, 9_999_999));
        const [least, most] = way === 'tef' ? [1_000, AT_ONCE] : [AT_ONCE + 1, 3 * AT_ONCE];
        return {
          destination: `12345678-5/cl_banco_estado/sight/${account}`,
          amount: BigInt(dice.int(least, most)),
        };
      }
      default:
        return { destination: isUnlucky ? dice.pick(UNLUCKY) : someNumber(dice), amount: centavos };
    }
  }
}

/** So many withdrawals it becomes, at least. */
function partsOf({ asset, amount }: { asset?: string | undefined; amount: bigint }): number {
  return asset === 'CLP' ? Math.ceil(Number(amount) / AT_ONCE) : 1;
}

function someCard(dice: Dice): string {
  const first = `41523133${String(dice.int(0, 9_999_999)).padStart(7, '0')}`;
  const whole = Array.from({ length: 10 }, (_, digit) => `${first}${digit}`).find(isCardNumber);
  if (!whole) throw new Error('One of ten digits fits.');
  return whole;
}
