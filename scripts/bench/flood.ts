/**
 * The flood of `bench:admission`, as a process of its own, so that what is measured beside it waits for the server and not
 * for whoever floods: searches and wrong sign-ins at once, each begun anew when it is answered. Its parent says where and
 * how many, and asks for the end by a second message; then it answers how many of each were answered how.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '../hostile/callers.ts';
import { ask } from '../lib/http.mjs';

export type Flood = { origin: string; cookies: string[]; searches: number; signIns: number };
/** How many of the flood were answered so. */
export type Answers = Record<string, number>;

const AGAIN_MS = 250;
const answers: Answers = {};
let isOver = false;

async function flood({ origin, cookies, searches, signIns }: Flood): Promise<void> {
  const search = (nth: number) => () =>
    ask(`${origin}/movements?q=${encodeURIComponent(`factura ${nth} ${randomUUID().slice(0, 4)}`)}`, {
      headers: { cookie: cookies[nth % cookies.length] ?? '' },
      timeoutMs: 60_000,
    });
  const wrong = () =>
    signIn(origin, { email: `${randomUUID()}@bench.test`, password: 'wrong' }).then(
      () => ({ status: 200 }),
      () => ({ status: 401 }),
    );
  await Promise.all([
    ...Array.from({ length: searches }, (_, nth) => again('search', search(nth))),
    ...Array.from({ length: signIns }, () => again('sign-in', wrong)),
  ]);
}

async function again(what: string, send: () => Promise<{ status: number }>): Promise<void> {
  while (!isOver) {
    const { status } = await send().catch(() => ({ status: 0 }));
    const key = `${what} ${status === 0 ? 'without answer' : status}`;
    answers[key] = (answers[key] ?? 0) + 1;
    if (status >= 400) await sleep(AGAIN_MS);
  }
}

process.once('message', async (asked: Flood) => {
  process.once('message', () => {
    isOver = true;
  });
  await flood(asked);
  process.send?.(answers, () => process.exit(0));
});
process.once('disconnect', () => process.exit(1));
