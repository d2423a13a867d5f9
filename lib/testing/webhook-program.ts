import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { system } from '~/lib/actor';
import { transaction } from '~/lib/db';
import { emit } from '~/lib/outbox/emit';
import { deliverWebhooks, RULE } from '~/lib/webhooks/deliver';
import { fanOut, TURNS } from '~/lib/webhooks/fan-out';

/**
 * What a test kills: `deliver` queues and sends for ever, `write` has things happen to the subjects that it is given,
 * some of which are undone, until it wrote as many as it is told.
 */
const [, , job, count = '0', ...subjects] = process.argv;
/** Whoever is killed holds what it had for no longer. */
const RESTLESS = { leaseSeconds: 3, backoff: { firstMs: 50, mostMs: 300 }, mostAttempts: 10_000 };

async function forEver(work: () => Promise<number>): Promise<never> {
  for (;;) {
    const done = await work().catch(() => 0);
    if (done === 0) await sleep(50);
  }
}

async function write(): Promise<void> {
  for (let nth = 0; nth < Number(count); nth += 1) {
    const id = subjects[nth % subjects.length] ?? randomUUID();
    await transaction(async (tx) => {
      await emit(tx, system('webhooks'), [{ type: 'customer.changed', subject: 'customer', id }]);
      if (nth % 7 === 0) throw new Error('undone');
    }).catch(() => undefined);
  }
  console.log('written');
}

if (job === 'write') await write().then(() => process.exit(0));
else {
  const deliver = () => deliverWebhooks({ ...RULE, ...RESTLESS });
  await Promise.all([() => fanOut({ ...TURNS, ...RESTLESS }), deliver, deliver].map(forEver));
}
