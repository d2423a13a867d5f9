import { getTranslations } from 'next-intl/server';
import { Connection } from '~/app/(console)/settings/fintoc/connection';
import { SettlementSection } from '~/app/(console)/settings/fintoc/settlement-section';
import { SyncSection } from '~/app/(console)/settings/fintoc/sync-section';
import { WebhookSection } from '~/app/(console)/settings/fintoc/webhook-section';
import { Live } from '~/components/live/live';
import { waitingAbout } from '~/lib/approvals/read';
import { actsOn } from '~/lib/audit/read';
import { env, fintocMode, isLocalFintoc, webhookHazard, webhookUrl } from '~/lib/env';
import { listEndpoints } from '~/lib/inbox/endpoints';
import { listSyncRuns } from '~/lib/inbox/sync';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { getSetting } from '~/lib/settings';
import { listRootAccounts } from '~/lib/wallets/account-numbers-read';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.fintoc'))('title') };
}

export default async function FintocPage() {
  const operator = await requireOperator('settings:read');
  const live = await followed('fintoc');
  const [accounts, runs, endpoints, settlement, waiting] = await Promise.all([
    listRootAccounts(operator),
    listSyncRuns(operator),
    listEndpoints(),
    getSetting('settlementNumber'),
    waitingAbout(operator, 'setting', 'settlementNumber'),
  ]);
  const acts = await actsOn(
    'inbox_endpoint',
    endpoints.map(({ id }) => id),
  );
  return (
    <>
      <Connection
        mode={fintocMode()}
        baseUrl={env().FINTOC_BASE_URL}
        local={isLocalFintoc()}
        accounts={accounts}
      />
      <SettlementSection
        number={settlement.MXN}
        waits={waiting.size > 0}
        writer={can(operator.role, 'settings:write')}
      />
      <SyncSection runs={runs} writer={can(operator.role, 'fintoc:sync')} />
      <WebhookSection
        endpoints={endpoints}
        url={webhookUrl()}
        hazard={webhookHazard()}
        configured={env().FINTOC_WEBHOOK_SECRET?.split(',').filter(Boolean).length ?? 0}
        writer={can(operator.role, 'settings:write')}
        acts={acts}
      />
      <Live {...live} />
    </>
  );
}
