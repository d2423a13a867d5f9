/** What to do with the deliveries of the next events. */
export interface DeliveryRule {
  /** How many more events it applies to. */
  count: number;
  /** Only events of this type; null is any. */
  type: string | null;
  drop: boolean;
  delayMs: number;
  /** How many times each event is delivered, all at once. */
  copies: number;
  /** Hold the events until `count` of them are there, then deliver them last first. */
  reorder: boolean;
}

export interface DeliveryPlan {
  drop: boolean;
  delayMs: number;
  copies: number;
  hold: boolean;
  /** Ids to let go, in this order: a reordering is complete. */
  release: string[];
}

const PLAIN: DeliveryPlan = { drop: false, delayMs: 0, copies: 1, hold: false, release: [] };

/** Kept in memory on purpose: a restart clears every rule, and delivers what a rule was holding. */
export class DeliveryRules {
  #rules: (DeliveryRule & { held: string[] })[] = [];

  add(rule: DeliveryRule): void {
    this.#rules.push({ ...rule, held: [] });
  }

  list(): readonly DeliveryRule[] {
    return this.#rules;
  }

  clear(): void {
    this.#rules = [];
  }

  /** Decides for one new event, and uses up one count of the first rule that fits it. */
  planFor(eventId: string, type: string): DeliveryPlan {
    const rule = this.#rules.find((candidate) => candidate.type === null || candidate.type === type);
    if (!rule) return PLAIN;
    rule.count -= 1;
    if (rule.count <= 0) this.#rules = this.#rules.filter((candidate) => candidate !== rule);
    const plan = { drop: rule.drop, delayMs: rule.delayMs, copies: rule.copies, hold: false, release: [] };
    if (!rule.reorder) return plan;
    rule.held.push(eventId);
    return { ...plan, hold: true, release: rule.count <= 0 ? rule.held.toReversed() : [] };
  }
}
