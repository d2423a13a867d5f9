import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { Loop } from '~/sandbox/loop';
import { now, rows, type Sandbox } from '~/sandbox/state';

/** Fintoc's: the first after three seconds, each later one after twice the time, then it gives up. */
export const MAX_RETRIES = 17;

// Beyond the two attempts that a claimed delivery may take: after a crash the next process delivers what was left.
const LEASE_MARGIN_MS = 5_000;

interface Claim {
  id: bigint;
  attempts: number;
  body: string;
  url: string;
  secret: string;
}

interface Outcome {
  id: string;
  status: 'pending' | 'succeeded' | 'failed';
  due_at: Date;
  response_status: number | null;
  error: string | null;
  /** False gives the attempt back: we were stopped in the middle. */
  counted: boolean;
}

/**
 * Delivers events to webhook endpoints, signed, so many at a time, and again later when they are not accepted. Every
 * delivery is a row: claimed for a while, then given its outcome.
 */
export class Courier {
  readonly #sandbox: Sandbox;
  readonly #loop: Loop;
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };
  readonly #abort = new AbortController();
  readonly #flying = new Set<Promise<void>>();
  #outcomes: Outcome[] = [];
  #recording: Promise<void> | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    // One listener for each delivery under way.
    setMaxListeners(0, this.#abort.signal);
    this.#loop = new Loop('deliver', () => this.#round(), 200);
  }

  start(): void {
    this.#loop.start();
  }

  nudge(): void {
    this.#loop.nudge();
  }

  /** Stops claiming, breaks off what is under way, and gives that back undelivered. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    this.#abort.abort();
    await Promise.all(this.#flying);
    await this.#recording;
    await this.#record();
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /** Starts as many deliveries as there is room for. True when there may be more due. */
  async #round(): Promise<boolean> {
    const room = this.#sandbox.config.deliveryConcurrency - this.#flying.size;
    if (room <= 0) return false;
    const claims = await this.#claim(room);
    for (const claim of claims) {
      const flight = this.#deliver(claim).then((outcome) => {
        this.#flying.delete(flight);
        this.#outcomes.push(outcome);
        this.#recordSoon();
        // Room again: half a batch is worth a statement, one delivery is not.
        if (this.#flying.size <= this.#sandbox.config.deliveryConcurrency / 2) this.#loop.nudge();
      });
      this.#flying.add(flight);
    }
    return claims.length === room && this.#flying.size < this.#sandbox.config.deliveryConcurrency;
  }

  #claim(limit: number): Promise<Claim[]> {
    return rows<Claim>(
      this.#sandbox.pool,
      `with due as materialized (
         select d.id from sandbox.deliveries d join sandbox.webhook_endpoints w on w.id = d.endpoint_id
         where d.status = 'pending' and d.due_at <= $1 and w.status = 'enabled'
           and (d.claimed_until is null or d.claimed_until < now())
           and not exists (select from sandbox.deliveries b
             where b.id = d.after_id and b.status = 'pending' and (b.attempts = 0 or b.claimed_until >= now()))
         order by d.due_at, d.id limit $2 for update of d skip locked)
       update sandbox.deliveries d
       set attempts = d.attempts + 1, claimed_until = now() + $3 * interval '1 ms'
       from due, sandbox.events e, sandbox.webhook_endpoints w
       where d.id = due.id and e.id = d.event_id and w.id = d.endpoint_id
       returning d.id, d.attempts, e.body, w.url, w.secret`,
      [now(this.#sandbox), limit, 2 * this.#sandbox.config.deliveryTimeoutMs + LEASE_MARGIN_MS],
    );
  }

  async #deliver(claim: Claim): Promise<Outcome> {
    let status: number | null = null;
    let error: string | null = null;
    try {
      status = await this.#post(claim);
    } catch (failure) {
      error = failure instanceof Error ? failure.message : String(failure);
    }
    const id = String(claim.id);
    const at = now(this.#sandbox);
    if (this.#abort.signal.aborted && status === null)
      return { id, status: 'pending', due_at: at, response_status: null, error: null, counted: false };
    const accepted = status !== null && status >= 200 && status < 300;
    const retryAfter = this.#sandbox.config.retryBaseMs * 2 ** (claim.attempts - 1);
    return {
      id,
      status: accepted ? 'succeeded' : claim.attempts > MAX_RETRIES ? 'failed' : 'pending',
      due_at: accepted ? at : new Date(at.getTime() + retryAfter),
      response_status: status,
      error,
      counted: true,
    };
  }

  #post(claim: Claim): Promise<number> {
    const url = new URL(claim.url);
    const secure = url.protocol === 'https:';
    const timeoutMs = this.#sandbox.config.deliveryTimeoutMs;
    const body = Buffer.from(claim.body);
    return new Promise((resolve, reject) => {
      const send = (attempt: number) => {
        const request = (secure ? https : http).request(url, {
          method: 'POST',
          agent: this.#agents[secure ? 'https:' : 'http:'],
          signal: this.#abort.signal,
          timeout: timeoutMs,
          headers: {
            'content-type': 'application/json',
            'content-length': body.length,
            'user-agent': 'Fintoc/v1',
            // By the real clock, whatever ours says: the receiver compares it with its own.
            'fintoc-signature': createWebhookSignature(body, claim.secret),
          },
        });
        const deadline = setTimeout(
          () => request.destroy(new Error(`No answer within ${timeoutMs} ms`)),
          timeoutMs,
        );
        request.on('response', (response) => {
          response.resume();
          response.on('close', () => {
            clearTimeout(deadline);
            resolve(response.statusCode ?? 0);
          });
        });
        request.on('error', (failure: NodeJS.ErrnoException) => {
          clearTimeout(deadline);
          // A kept-alive connection that the receiver had just closed says nothing about the receiver.
          if (request.reusedSocket && failure.code === 'ECONNRESET' && attempt === 1) send(2);
          else reject(failure);
        });
        request.end(body);
      };
      send(1);
    });
  }

  #recordSoon(): void {
    this.#recording ??= new Promise((resolve) => setTimeout(resolve, 10))
      .then(() => this.#record())
      .catch((error: unknown) => {
        // The lease runs out and the delivery is made again, as Fintoc's own at-least-once allows.
        process.stderr.write(`sandbox: deliver: ${String(error)}\n`);
      })
      .finally(() => {
        this.#recording = undefined;
        if (this.#outcomes.length > 0 && !this.#abort.signal.aborted) this.#recordSoon();
      });
  }

  async #record(): Promise<void> {
    const outcomes = this.#outcomes;
    if (outcomes.length === 0) return;
    this.#outcomes = [];
    await this.#sandbox.pool.query(
      `update sandbox.deliveries d set status = o.status, due_at = o.due_at, claimed_until = null,
         response_status = o.response_status, error = o.error,
         attempts = d.attempts - case when o.counted then 0 else 1 end,
         delivered_at = case when o.status = 'succeeded' then o.due_at end
       from json_to_recordset($1) as o(id bigint, status text, due_at timestamptz, response_status int, error text,
         counted boolean)
       where d.id = o.id`,
      [JSON.stringify(outcomes)],
    );
  }
}
