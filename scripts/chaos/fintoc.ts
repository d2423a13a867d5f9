import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../lib/http.mjs';

/** What JSON.parse gives: read field by field. */
export type Json = ReturnType<typeof JSON.parse>;

const PATIENCE_MS = 90_000;
const PAUSE_MS = 200;
const ANSWER_MS = 30_000;

/** Fintoc answered that it will not. */
export class Refusal extends Error {}

export function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

/** Our own eyes and hands at the local Fintoc, beside the product's: its API under the key, and what controls it. */
export class Fintoc {
  readonly #url: string;
  readonly #key: string;

  constructor({ url, key }: { url: string; key: string }) {
    this.#url = url;
    this.#key = key;
  }

  control(method: string, path: string, body?: object): Promise<Json> {
    return this.#patiently(method, `/_control${path}`, body).then(({ json }) => json);
  }

  /** Every object of a list, whatever the number of its pages. */
  async *list(path: string): AsyncGenerator<Json> {
    for (let next: string | null = path; next; ) {
      const { json, link }: Answer = await this.#patiently('GET', next);
      yield* json;
      const following = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1];
      next = following ? following.slice(new URL(following).origin.length) : null;
    }
  }

  post(path: string, body: object): Promise<Json> {
    return this.#patiently('POST', path, body).then(({ json }) => json);
  }

  /** Asks again while Fintoc is dead or broken. What was cut off may have happened all the same. */
  async #patiently(method: string, path: string, body?: object): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await this.#ask(method, path, body);
      } catch (error) {
        if (error instanceof Refusal || Date.now() > deadline) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  async #ask(method: string, path: string, body?: object): Promise<Answer> {
    const { status, text, link } = await ask(`${this.#url}${path}`, {
      ...{ method, timeoutMs: ANSWER_MS },
      headers: { authorization: this.#key, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (status >= 400) {
      const what = `${method} ${path} answered ${status}: ${text.slice(0, 500)}`;
      throw status >= 500 || status === 429 ? new Error(what) : new Refusal(what);
    }
    return { json: text === '' ? null : JSON.parse(text), link };
  }
}

type Answer = { json: Json; link: string };
