import { unique } from '~/e2e/fixtures';
import { system } from '~/lib/actor';
import { changeRule } from '~/lib/approvals/own-rules';

/** One that is put aside, so that nothing waits by it. */
export async function aRule(): Promise<{ path: string }[]> {
  const { id } = await changeRule(system('setup'), {
    ...{ action: 'withdrawal.pay', name: unique('Regla'), mode: 'off' },
    conditions: { asset: 'MXN', amount: { from: '100000' }, beneficiary: { is: 'new', days: 7 } },
    steps: [{ people: 1 }, { people: 1, role: 'admin' }],
  });
  return [{ path: `/settings/rules/${id}` }];
}
