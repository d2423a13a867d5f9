import fc from 'fast-check';
import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { CAUSES, saysCause, typedCause } from '~/lib/ledger/cause';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const cause = fc.record({
  causeKind: fc.constantFrom(...CAUSES),
  // A rail may write its own id with colons.
  causeId: fc.constantFrom('tr_1', 'dummy:transfer:7', '0b1c', 'a:credit:2'),
  step: fc.constantFrom('credit', 'hold', 'complete_return'),
  round: fc.integer({ min: 0, max: 12 }),
});

it('a cause is written alike here and in PostgreSQL, and read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(cause, async (of) => {
      const [row] = await db().$queryRaw<{ said: string }[]>`
        SELECT ledger_cause(${of.causeKind}, ${of.causeId}, ${of.step}, ${of.round}::smallint) AS said`;
      expect(row?.said).toBe(saysCause(of));
      expect(typedCause(saysCause(of))).toEqual(of);
    }),
    { numRuns: 40 },
  );
});

it.each(['', 'tr_1', 'transfer:tr_1', 'someone:tr_1:credit', '7'])('%j is no cause', (text) => {
  expect(typedCause(text)).toBeNull();
});
