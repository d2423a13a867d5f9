import { UserCheck } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import { changeApprovalAction } from '~/app/(console)/settings/approval/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form';
import { Section } from '~/components/section';
import { Input } from '~/components/ui/input';
import { Switch } from '~/components/ui/switch';
import { formatAmount, toDecimal } from '~/lib/money';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { getSetting } from '~/lib/settings';

const ASSETS = ['MXN', 'CLP'] as const;

export async function generateMetadata() {
  return { title: (await getTranslations('settings.approval'))('title') };
}

export default async function ApprovalPage() {
  const operator = await requireOperator('settings:read');
  const [t, locale, rule] = await Promise.all([
    getTranslations('settings.approval'),
    getLocale(),
    getSetting('withdrawalApproval'),
  ]);
  const sentence = (asset: (typeof ASSETS)[number]) => {
    const threshold = rule[asset];
    if (threshold === null) return t('never', { asset });
    const amount = BigInt(threshold);
    if (amount <= 1n) return t('every', { asset });
    return t('from', { amount: formatAmount(amount, asset, locale), asset });
  };
  return (
    <>
      <Section title={t('title')} description={t('description')} className="max-w-3xl">
        <ul className="grid gap-3 text-base">
          {ASSETS.map((asset) => (
            <li key={asset} className="flex gap-3">
              <UserCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
              <span className="text-pretty">{sentence(asset)}</span>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-muted-foreground text-sm">{t('who')}</p>
      </Section>
      {can(operator.role, 'settings:write') ? (
        <Section title={t('change')} description={t('onlyNew')} className="max-w-3xl">
          <Form action={changeApprovalAction} success={t('saved')}>
            {ASSETS.map((asset) => {
              const threshold = rule[asset];
              return (
                <div key={asset} className="grid gap-4 border-b pb-4 sm:grid-cols-2">
                  <Field name={`required${asset}`} label={t('required', { asset })} inline>
                    <Switch defaultChecked={threshold !== null} />
                  </Field>
                  <Field
                    name={`amount${asset}`}
                    label={t('amount', { asset })}
                    hint={t('amountHint')}
                    required
                  >
                    <Input
                      inputMode="decimal"
                      autoComplete="off"
                      maxLength={40}
                      defaultValue={threshold === null ? '' : toDecimal(BigInt(threshold), asset)}
                    />
                  </Field>
                </div>
              );
            })}
            <FormActions>
              <SubmitButton>{t('save')}</SubmitButton>
            </FormActions>
          </Form>
        </Section>
      ) : null}
    </>
  );
}
