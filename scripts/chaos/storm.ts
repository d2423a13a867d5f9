/** What goes wrong in a run: deaths, broken answers, and webhooks that come twice, late, in disorder or never. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import type { Fintoc, Json } from './fintoc.ts';
import { abandon, KINDS, type Kind, type Member } from './world.ts';

export type Weather = {
  /** Between two deaths, and how long somebody stays dead. */
  calmMs: [number, number];
  downMs: [number, number];
  /** Between two looks at whether a new fault is due. */
  faultMs: [number, number];
};

/** So many planned rules ahead that a burst of events does not pass by untouched. */
const PLANNED_EVENTS = 400;
const PLANNED_FAULTS = 2;
/** Only these die while the books catch up with the world, which takes a read of it without a break; for so long at most. */
const VICTIMS_MEANWHILE: Kind[] = ['web'];
const MEANWHILE_MS = 4 * 60_000;
const VICTIMS: Record<Kind, number> = { worker: 9, web: 5, sandbox: 3, postgres: 3 };
const RULE_WEIGHTS = { copies: 4, delay: 3, reorder: 3, drop: 2 };
const FAULT_WEIGHTS = { rate_limit: 2, html_500: 3, empty_503: 3, reset: 5, slow: 2, refusal: 6 };
/** What a proxy or firewall answers in Fintoc's place: its status says nothing of the money. */
const STRANGE_STATUSES = [403, 404, 407, 429, 400, 502, 503, 200];
const STRANGE_PAGES = ['<html>Blocked</html>', '', { message: 'Forbidden' }, { error: 'x' }];
type Rule = keyof typeof RULE_WEIGHTS;
type FaultKind = keyof typeof FAULT_WEIGHTS;
const WHENS = ['before_commit', 'after_commit'] as const;
type Wanted = { kind: FaultKind; status?: number; when?: (typeof WHENS)[number] };
/** Each once before chance has its way: of strangers' answers to a payment each status, before it was made and after. */
const RULES = Object.keys(RULE_WEIGHTS) as Rule[];
const FAULTS: Wanted[] = [
  ...(Object.keys(FAULT_WEIGHTS) as FaultKind[]).flatMap((kind) => (kind === 'refusal' ? [] : { kind })),
  ...STRANGE_STATUSES.flatMap((status) => WHENS.map((when) => ({ kind: 'refusal' as const, status, when }))),
];

type World = {
  fintoc: Fintoc;
  members: Member[];
  dice: Dice;
  weather: Weather;
  /** So often it dies at least. */
  postgresDeaths: number;
  /** Whether two people have to let the books go on. */
  standsStill: () => Promise<boolean>;
};

export class Storm {
  /** What was planned for webhooks, by event, and which broken answers were given. */
  readonly rules = { duplicated: 0, delayed: 0, reordered: 0, dropped: 0 };
  readonly faults: Record<string, number> = {};
  readonly #fintoc: Fintoc;
  readonly #members: Member[];
  readonly #dice: Dice;
  readonly #weather: Weather;
  readonly #postgresDeaths: number;
  readonly #standsStill: () => Promise<boolean>;
  #stillSince: number | null = null;
  #unseen: Wanted[];
  #planned: Fault[] = [];
  #over = false;
  #restarts: Promise<void>[] = [];

  constructor(world: World) {
    this.#fintoc = world.fintoc;
    this.#members = world.members;
    this.#dice = world.dice;
    this.#weather = world.weather;
    this.#postgresDeaths = world.postgresDeaths;
    this.#standsStill = world.standsStill;
    this.#unseen = world.dice.for('first faults').shuffled(FAULTS);
  }

  /** What a storm is made of and this one did not have. */
  missing(): string[] {
    const rules = Object.entries(this.rules).flatMap(([name, count]) => (count > 0 ? [] : [name]));
    const faults = FAULTS.filter((fault) => !this.#wasGiven(fault)).map(nameOf);
    const killed = KINDS.filter((kind) => !this.#members.some((one) => one.kind === kind && one.kills > 0));
    return [...rules, ...faults, ...killed.map((kind) => `kill -9 of a ${kind}`)];
  }

  /** Until `end` is called, and everybody is up again. */
  async rage(): Promise<void> {
    await Promise.all([
      this.#killing(this.#dice.for('kills')),
      this.#tampering(this.#dice.for('rules')),
      this.#breaking(this.#dice.for('faults')),
    ]);
    await Promise.all(this.#restarts);
  }

  /** Nothing new goes wrong from here on. */
  end(): void {
    this.#over = true;
  }

  /** Calls off what was planned and did not happen. */
  async clear(): Promise<void> {
    await this.#countFaults();
    await this.#fintoc.control('DELETE', '/faults');
    await this.#fintoc.control('DELETE', '/delivery-rules');
  }

  /** Each kind once, in an order that the dice choose, then whoever it meets. */
  async #killing(dice: Dice): Promise<void> {
    const again = Array.from({ length: this.#postgresDeaths - 1 }, () => 'postgres' as const);
    const first = dice.shuffled([...KINDS, ...again]);
    for (;;) {
      await this.#pause(dice.int(...this.#weather.calmMs));
      if (this.#over && first.length === 0) return;
      const wanted = first[0] ?? dice.weighted(VICTIMS);
      const kind = (await this.#isCatchingUp()) ? dice.pick(VICTIMS_MEANWHILE) : wanted;
      const alive = this.#members.filter((member) => member.kind === kind && member.isUp);
      if (alive.length === 0) {
        await sleep(100);
        continue;
      }
      if (kind === first[0]) first.shift();
      const victim = dice.pick(alive);
      if (kind === 'sandbox') await this.#countFaults();
      await victim.kill();
      // The local Fintoc keeps them in memory.
      if (kind === 'sandbox') this.#forgetPlanned();
      const down = dice.int(...this.#weather.downMs);
      const restart = sleep(down).then(() => victim.start());
      restart.catch((error) => abandon(`${victim.name} does not come back`, error));
      this.#restarts.push(restart);
    }
  }

  async #isCatchingUp(): Promise<boolean> {
    if (!(await this.#standsStill())) this.#stillSince = null;
    else this.#stillSince ??= Date.now();
    return this.#stillSince !== null && Date.now() - this.#stillSince < MEANWHILE_MS;
  }

  /** Rules for the next events, drawn in runs: plain ones, then some that come twice, late, last first or never. */
  async #tampering(dice: Dice): Promise<void> {
    const first = dice.shuffled(RULES);
    while (!this.#over) {
      const rules: Json[] = await this.#fintoc.control('GET', '/delivery-rules');
      let ahead = rules.reduce((sum, { count }) => sum + count, 0);
      while (ahead < PLANNED_EVENTS && !this.#over) {
        const kind = first.shift() ?? dice.weighted(RULE_WEIGHTS);
        for (const rule of [{ count: dice.int(1, 30) }, this.#someRule(dice, kind)]) {
          await this.#fintoc.control('POST', '/delivery-rules', rule);
          ahead += rule.count;
        }
      }
      await sleep(250);
    }
  }

  #someRule(dice: Dice, kind: Rule) {
    const count = dice.int(1, 8);
    switch (kind) {
      case 'copies':
        this.rules.duplicated += count;
        return { count, copies: dice.int(2, 5) };
      case 'delay':
        this.rules.delayed += count;
        return { count, delay_ms: dice.int(100, 6_000), copies: dice.int(1, 2) };
      case 'reorder':
        this.rules.reordered += count + 1;
        return { count: count + 1, reorder: true };
      default:
        this.rules.dropped += count;
        return { count, drop: true };
    }
  }

  async #breaking(dice: Dice): Promise<void> {
    while (!this.#over) {
      const left: Json[] = await this.#fintoc.control('GET', '/faults');
      if (left.length < PLANNED_FAULTS) {
        await this.#countFaults();
        await this.#plan(someFault(dice, this.#unseen.shift()));
      }
      await this.#pause(dice.int(...this.#weather.faultMs));
    }
  }

  /**
   * After the storm: what was never given is given to what heals. While books that are older than the world catch up, no
   * payment asks for anything, and in a fast run that was most of the time.
   */
  async giveUnseen(signal: AbortSignal): Promise<void> {
    const dice = this.#dice.for('last faults');
    this.#unseen = FAULTS.filter((fault) => !this.#wasGiven(fault));
    while (!signal.aborted && this.#unseen.length + this.#planned.length > 0) {
      const left: Json[] = await this.#fintoc.control('GET', '/faults');
      if (left.length < PLANNED_FAULTS) {
        await this.#countFaults();
        const next = this.#unseen.shift();
        if (next) await this.#plan(someFault(dice, next));
      }
      await sleep(100);
    }
  }

  async #plan(fault: Fault): Promise<void> {
    await this.#fintoc.control('POST', '/faults', fault);
    this.#planned.push(fault);
  }

  /** What was to be the first of its kind still is. */
  #forgetPlanned(): void {
    const lost = FAULTS.filter((wanted) =>
      this.#planned.some((fault) => nameOf(fault).startsWith(nameOf(wanted))),
    );
    this.#unseen.push(...lost.filter((wanted) => !this.#wasGiven(wanted)));
    this.#planned = [];
  }

  /** Those that were planned and are not there any more were answered. They are not known after a death. */
  async #countFaults(): Promise<void> {
    const planned = this.#planned;
    this.#planned = [];
    const left: Json[] = await this.#fintoc.control('GET', '/faults');
    for (const fault of planned) this.#count(fault, fault.count);
    for (const { kind, when, count, delayMs, method, path, status, page } of left) {
      const fault: Fault = { kind, when, count, delay_ms: delayMs, method, path, status, page };
      this.#count(fault, -count);
      this.#planned.push(fault);
    }
  }

  #count(fault: Fault, count: number): void {
    const name = nameOf(fault);
    this.faults[name] = (this.faults[name] ?? 0) + count;
  }

  #wasGiven(wanted: Wanted): boolean {
    return Object.entries(this.faults).some(
      ([name, count]) => count > 0 && name.startsWith(nameOf(wanted)) && !name.endsWith(READING),
    );
  }

  async #pause(ms: number): Promise<void> {
    const end = Date.now() + ms;
    while (!this.#over && Date.now() < end) await sleep(Math.min(100, end - Date.now()));
  }
}

type Fault = {
  kind: string;
  when: string;
  count: number;
  delay_ms: number;
  method: string;
  path: string;
  /** Of a stranger's answer. */
  status?: number;
  page?: unknown;
};

const READING = ' to a read';

/** Strangers' answers by their status. */
function nameOf({ kind, status, when, method }: Partial<Fault>): string {
  const of = kind === 'refusal' ? `${kind} ${status}` : kind;
  return `${of}${when ? ` ${when}` : ''}${method === 'GET' ? READING : ''}`;
}

/** Mostly where money is sent: there an answer that is lost or false could pay twice. */
function someFault(dice: Dice, wanted?: Wanted): Fault {
  const kind = wanted?.kind ?? dice.weighted(FAULT_WEIGHTS);
  const when = wanted?.when ?? dice.pick(WHENS);
  const where = wanted ? 'pay' : dice.weighted({ pay: 12, list: 2, provision: 2 });
  const [method, path] = {
    pay: ['POST', '/v2/transfers'],
    list: ['GET', '/v2/transfers'],
    provision: ['GET', '/v2/accounts'],
  }[where];
  return {
    kind,
    when: kind === 'rate_limit' ? 'before_commit' : when,
    count: dice.int(1, 3),
    delay_ms: kind === 'slow' ? dice.int(500, 4_000) : 0,
    method: method ?? '',
    path: path ?? '',
    ...(kind === 'refusal' && {
      status: wanted?.status ?? dice.pick(STRANGE_STATUSES),
      page: dice.pick(STRANGE_PAGES),
    }),
  };
}
