import { Plus } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { changeApprovalAction, changeFirstPaymentAction } from '~/app/(console)/settings/rules/actions';
import { RuleList } from '~/app/(console)/settings/rules/rule-list';
import { StopLimitForm, StopLimitList } from '~/app/(console)/settings/rules/stop-limits';
import { ThresholdForm } from '~/app/(console)/settings/rules/threshold-form';
import { Thresholds } from '~/app/(console)/settings/rules/thresholds';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { waitingAbout } from '~/lib/approvals/read';
import { listRules } from '~/lib/approvals/rules-read';
import { looserFrom, payoutConditions } from '~/lib/approvals/versions';
import { ASSET_CODES } from '~/lib/money';
import { payoutAssets } from '~/lib/rails/registry';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { getSetting } from '~/lib/settings';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.rules'))('title') };
}

export default async function RulesPage() {
  const operator = await requireOperator('settings:read');
  const [t, stops, thresholds, conditions, looser, waiting, rules, stopLimits, stopsWaiting] =
    await Promise.all([
      getTranslations('settings.rules'),
      getTranslations('settings.rules.stops'),
      getTranslations('settings.rules.thresholds'),
      payoutConditions(),
      looserFrom(),
      waitingAbout(operator, 'approval_rule'),
      listRules(),
      getSetting('payoutStops'),
      waitingAbout(operator, 'setting'),
    ]);
  // What can leave, and what somebody set an amount of.
  const assets = ASSET_CODES.filter(
    (asset) => payoutAssets().includes(asset) || conditions.amount[asset] !== undefined,
  );
  const mayWrite = can(operator.role, 'settings:write');
  const create = mayWrite ? (
    <Button asChild variant="primary">
      <Link href="/settings/rules/new">
        <Plus aria-hidden />
        {t('new')}
      </Link>
    </Button>
  ) : null;
  return (
    <>
      <Section title={t('title')} description={t('description')} actions={create} flush>
        <RuleList rules={rules} waiting={waiting} />
      </Section>
      <Section title={thresholds('title')} description={thresholds('description')} className="max-w-3xl">
        <Thresholds conditions={conditions} assets={assets} />
        <p className="mt-3 text-muted-foreground text-sm">{thresholds('who')}</p>
        {waiting.has('withdrawal.pay') ? (
          <p className="mt-3">
            <WaitsBadge />
          </p>
        ) : null}
        {looser ? (
          <p className="mt-1 text-sm text-warning">
            {thresholds('looser')} <Timestamp at={looser} />
          </p>
        ) : null}
      </Section>
      {mayWrite ? (
        <>
          <Section title={thresholds('change')} description={thresholds('onlyNew')} className="max-w-3xl">
            <ThresholdForm
              kind="amount"
              rule={conditions.amount}
              assets={assets}
              action={changeApprovalAction}
            />
          </Section>
          <Section
            title={thresholds('changeFirst')}
            description={thresholds('firstOnlyNew')}
            className="max-w-3xl"
          >
            <ThresholdForm
              kind="first"
              rule={conditions.firstPayment}
              assets={assets}
              action={changeFirstPaymentAction}
            />
          </Section>
        </>
      ) : null}
      <Section title={stops('title')} description={stops('description')} className="max-w-3xl">
        <StopLimitList limits={stopLimits} />
        {stopsWaiting.has('payoutStops') ? (
          <p className="mt-3">
            <WaitsBadge />
          </p>
        ) : null}
        {mayWrite ? <StopLimitForm limits={stopLimits} /> : null}
      </Section>
    </>
  );
}
