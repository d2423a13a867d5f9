import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './measure.ts';

export type Delivery = {
  /** POST, where none is said. */
  method?: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body: string;
  expected: number;
};
export type Load = { perSecond: number; p50: number; p95: number; p99: number; sent: number };

/** Sends to one server over connections that stay open. */
export class Client {
  readonly #agent: http.Agent;
  readonly #port: number;

  constructor(port: number, connections: number) {
    this.#port = port;
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ method = 'POST', path, headers, body, expected }: Delivery): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port: this.#port, path, method, agent: this.#agent, headers },
        (response) => {
          response.resume();
          response.on('end', () =>
            response.statusCode === expected
              ? resolve()
              : reject(new Error(`${path} answered ${response.statusCode}.`)),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  /** As fast as answers come, for a while. */
  async saturate(clients: number, seconds: number, next: () => Delivery): Promise<Load> {
    const end = performance.now() + seconds * 1_000;
    return this.#measured((times) =>
      Promise.all(
        Array.from({ length: clients }, async () => {
          while (performance.now() < end) {
            const from = performance.now();
            await this.send(next());
            times.push(performance.now() - from);
          }
        }),
      ),
    );
  }

  /** At a set rate. A time counts from when it should have been sent: a server that falls behind can't hide it. */
  async pace(perSecond: number, seconds: number, next: () => Delivery): Promise<Load> {
    const begin = performance.now();
    const total = Math.round(perSecond * seconds);
    return this.#measured(async (times) => {
      const answers: Promise<void>[] = [];
      for (let nth = 0; nth < total; nth += 1) {
        const due = begin + (nth * 1_000) / perSecond;
        if (due > performance.now() + 1) await sleep(due - performance.now());
        answers.push(this.send(next()).then(() => void times.push(performance.now() - due)));
      }
      await Promise.all(answers);
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  async #measured(work: (times: number[]) => Promise<unknown>): Promise<Load> {
    const times: number[] = [];
    const begin = performance.now();
    await work(times);
    const seconds = (performance.now() - begin) / 1_000;
    const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((share) => percentile(times, share));
    return { perSecond: times.length / seconds, p50, p95, p99, sent: times.length };
  }
}

/** The run in the middle by rate. */
export function middle(loads: Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.perSecond - b.perSecond);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (!found) throw new Error('Nothing was measured.');
  return found;
}
