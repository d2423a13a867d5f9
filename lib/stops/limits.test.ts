import { expect, it } from 'vitest';
import { getSetting } from '~/lib/settings';
import { changeStopLimits } from '~/lib/stops/limits';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';

withTestDatabase();

it('from how many failures payouts stop is changed by two people, and by an admin alone asked for', async () => {
  const [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
  const before = await getSetting('payoutStops');
  const after = { returns: 3, failures: null, allReturns: 8, allFailures: null, breaks: 1 };
  await expect(changeStopLimits(approver, after)).rejects.toMatchObject({ code: 'forbidden' });
  const requestId = crypto.randomUUID();
  await changeStopLimits(admin, { ...after, requestId });
  await changeStopLimits(admin, { ...after, requestId });
  expect(await getSetting('payoutStops')).toEqual(before);
  const asked = { action: 'stops.change', subjectId: 'payoutStops' } as const;
  await expect(approveWaiting(admin, asked)).rejects.toMatchObject({ code: 'own_request' });
  await approveWaiting(approver, asked);
  expect(await getSetting('payoutStops')).toEqual(after);
});
