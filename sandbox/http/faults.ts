export const FAULT_KINDS = [
  'rate_limit',
  'refusal',
  'html_500',
  'empty_503',
  'api_error',
  'reset',
  'slow',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something that goes wrong with the next requests. */
export interface Fault {
  kind: FaultKind;
  /** Before the request has any effect, or after its effects are committed. `api_error` is always before. */
  when: 'before_commit' | 'after_commit';
  delayMs: number;
  /** How many more requests it hits. */
  count: number;
  method: string | null;
  /** The beginning of the path, e.g. `/v2/transfers`. */
  path: string | null;
  /** For `refusal`: with which status, and which of Fintoc's codes; without a code it is the answer of a stranger. */
  status: number;
  code: string | null;
  /** What the stranger answers: text as it is, and anything else as JSON. Undefined is a proxy's web page. */
  page: unknown;
  /** What a text calls itself. */
  contentType: string;
}

/** Kept in memory on purpose: a restart clears every fault. */
export class Faults {
  #planned: Fault[] = [];

  add(fault: Fault): void {
    this.#planned.push(fault);
  }

  list(): readonly Fault[] {
    return this.#planned;
  }

  clear(): void {
    this.#planned = [];
  }

  /** Takes the first planned fault that fits the request, if any. */
  take(method: string, path: string): Fault | undefined {
    const fault = this.#planned.find(
      (planned) =>
        (planned.method === null || planned.method === method) &&
        (planned.path === null || path.startsWith(planned.path)),
    );
    if (!fault) return undefined;
    fault.count -= 1;
    if (fault.count <= 0) this.#planned = this.#planned.filter((planned) => planned !== fault);
    return fault;
  }
}
