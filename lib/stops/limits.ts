import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { type Tx, transaction } from '~/lib/db';
import { once } from '~/lib/once';
import { getSetting, type SettingValue, writeSetting } from '~/lib/settings';

const KEY = 'payoutStops';
export type StopLimits = SettingValue<typeof KEY>;

const count = z.number().int().min(1).nullable();
const limits = z.object({
  ...{ returns: count, failures: count, breaks: count },
  // What was asked for before there were these says nothing of them: they stay as they are.
  ...{ allReturns: count.optional(), allFailures: count.optional() },
});
/** What a change of them is decided on. */
export const stopChangeShape = z.object({ before: limits, after: limits });

/**
 * Asks for other numbers from which payouts stop by themselves (`stops.change`); null is never. They are in force once a
 * second person decided so.
 */
export async function changeStopLimits(
  actor: Actor,
  { requestId, ...after }: StopLimits & { requestId?: string },
): Promise<{ id: string }> {
  authorize(actor, 'settings:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'stops.change', requestId, content: after },
      async (id) => ({ id }),
      async () => {
        const facts = { before: await getSetting(KEY, tx), after: limits.parse(after) };
        await askToDo(
          tx,
          actor,
          { action: 'stops.change', subjectId: KEY, facts, reason: KEY },
          { does: writeStopLimits },
        );
        return { id: KEY };
      },
    ),
  );
}

/** Does what `stops.change` asks for. */
export async function writeStopLimits(tx: Tx, actor: Actor, { facts }: Act): Promise<void> {
  const value = { ...(await getSetting(KEY, tx)), ...stopChangeShape.parse(facts).after };
  await writeSetting(tx, actor, { key: KEY, value });
}
