import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { type Tx, transaction } from '~/lib/db';
import { once } from '~/lib/once';
import { getSetting, type SettingValue, writeSetting } from '~/lib/settings';

const KEY = 'settlementNumber';

const number = z.object({ MXN: z.string().nullable() });
/** What a change of it is decided on. */
export const settlementChangeShape = z.object({ before: number, after: number });

/**
 * Asks for another CLABE that the rail's daily settlement goes to (`settlement.change`); null: none. Money that leaves to
 * it explains itself, so it counts only once a second person decided so.
 */
export async function changeSettlementNumber(
  actor: Actor,
  { requestId, ...after }: SettingValue<typeof KEY> & { requestId?: string },
): Promise<{ id: string }> {
  authorize(actor, 'settings:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'settlement.change', requestId, content: after },
      async (id) => ({ id }),
      async () => {
        const before = await getSetting(KEY, tx);
        if (before.MXN !== after.MXN)
          await askToDo(
            tx,
            actor,
            { action: 'settlement.change', subjectId: KEY, facts: { before, after }, reason: KEY },
            { does: writeSettlementNumber },
          );
        return { id: KEY };
      },
    ),
  );
}

/** Does what `settlement.change` asks for. */
export async function writeSettlementNumber(tx: Tx, actor: Actor, { facts }: Act): Promise<void> {
  await writeSetting(tx, actor, { key: KEY, value: settlementChangeShape.parse(facts).after });
}
