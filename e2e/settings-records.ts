import { expect, type Page } from '@playwright/test';
import { unique } from '~/e2e/fixtures';
import { actorOf, SOON } from '~/e2e/given';
import { type OperatorActor, system } from '~/lib/actor';
import { changeRule } from '~/lib/approvals/own-rules';
import { listTerms } from '~/lib/terms/terms';
import { someRole } from '~/lib/testing/factories';
import { createEndpoint } from '~/lib/webhooks/endpoints';
import { listDeliveries } from '~/lib/webhooks/read';
import { sendTest } from '~/lib/webhooks/resend';

/** What settings have pages of: a rule, a role, where terms are assigned, and where events are sent. */
export async function settingsRecords(admin: Page) {
  const [terms] = await listTerms();
  return [
    ...(await aRule()),
    { path: `/settings/roles/${(await someRole('people:read', 'withdrawals:request')).id}` },
    { path: `/settings/terms/${terms?.id}/assign` },
    ...(await told(await actorOf(admin))),
  ];
}

/** An endpoint that nobody listens at, a message that found nobody, and the page of each. */
async function told(admin: OperatorActor) {
  const { id: endpointId } = await createEndpoint(admin, {
    ...{ name: unique('Backend'), url: 'http://127.0.0.1:9/eventos', patterns: ['customer.created'] },
  });
  await sendTest(admin, { endpointId });
  const tried = async () => (await listDeliveries(endpointId, {})).items.find(({ lastTry }) => lastTry);
  await expect.poll(tried, SOON).toBeDefined();
  const path = `/settings/webhooks/${endpointId}`;
  return [
    { path, dialogs: [{ 'es-MX': 'Renovar secreto', en: 'Rotate secret' }] },
    { path: `${path}/${(await tried())?.id}` },
  ];
}

/** One that is put aside, so that nothing waits by it. */
async function aRule() {
  const { id } = await changeRule(system('setup'), {
    ...{ action: 'withdrawal.pay', name: unique('Regla'), mode: 'off' },
    conditions: { asset: 'MXN', amount: { from: '100000' }, beneficiary: { is: 'new', days: 7 } },
    steps: [{ people: 1 }, { people: 1, role: 'admin' }],
  });
  return [{ path: `/settings/rules/${id}` }];
}
