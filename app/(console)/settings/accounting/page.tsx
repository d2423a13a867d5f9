import { getTranslations } from 'next-intl/server';
import { AccountingForm } from '~/app/(console)/settings/accounting/accounting-form';
import { changeAccountingRulesAction } from '~/app/(console)/settings/accounting/actions';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { transactionLabel } from '~/components/words/action-label';
import { accountingRules, listRuleVersions } from '~/lib/accounting/rules';
import { TRANSACTION_KINDS } from '~/lib/ledger/kinds';
import { LEDGER_GROUPS } from '~/lib/ledger/read';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('accounting'))('title') };
}

/** Which account of the platform's accounting each posting goes to. */
export default async function AccountingPage() {
  const operator = await requireOperator('settings:read');
  const [t, ledger, kinds, inForce, versions] = await Promise.all([
    getTranslations('accounting'),
    getTranslations('ledger.groups'),
    getTranslations('kinds'),
    accountingRules(),
    listRuleVersions(),
  ]);
  const { accounts, exceptions } = inForce.rules;
  const groups = LEDGER_GROUPS.map((value) => ({ value, label: ledger(value) }));
  return (
    <div className="grid max-w-4xl gap-6">
      <Section title={t('title')} description={t('description')}>
        {versions.length === 0 ? <p className="mb-4 text-muted-foreground text-sm">{t('standing')}</p> : null}
        {can(operator.role, 'settings:write') ? (
          <AccountingForm
            action={changeAccountingRulesAction}
            {...inForce}
            groups={groups}
            kinds={TRANSACTION_KINDS.map((value) => ({ value, label: transactionLabel(kinds, value) }))}
          />
        ) : (
          <DetailList
            items={[
              ...groups.map(({ value, label }) => ({ label, value: accounts[value] ?? t('none') })),
              ...exceptions.map(({ group, kind, account }) => ({
                label: `${ledger(group)} × ${transactionLabel(kinds, kind)}`,
                value: account,
              })),
            ]}
          />
        )}
      </Section>
      {versions.length > 0 ? (
        <Section title={t('versions')}>
          <ul className="grid gap-1.5 text-sm">
            {versions.map(({ version, madeBy, madeAt }) => (
              <li key={version}>
                {t('version', { version, name: madeBy })} · <Timestamp at={madeAt} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  );
}
