import { useTranslations } from 'next-intl';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import type { FormAction } from '~/components/form/use-sending';
import { Input } from '~/components/ui/input';
import { Select, type SelectOption } from '~/components/ui/select';
import { type AccountingRules, MOST_EXCEPTIONS } from '~/lib/accounting/chart';
import type { LedgerGroup } from '~/lib/ledger/read';

/** So many empty rows wait for one more. */
const SPARE = 3;

type AccountingFormProps = {
  action: FormAction;
  version: number;
  rules: AccountingRules;
  groups: readonly (SelectOption & { value: LedgerGroup })[];
  kinds: readonly SelectOption[];
};

/** An account for each group, and rows for the kinds that have one of their own. */
export function AccountingForm({ action, version, rules, groups, kinds }: AccountingFormProps) {
  const t = useTranslations('accounting');
  const { accounts, exceptions } = rules;
  const rows = Math.min(exceptions.length + SPARE, MOST_EXCEPTIONS);
  return (
    <Form act="change_accounting_rules" action={action} success={t('saved')}>
      <input type="hidden" name="version" value={version} />
      <fieldset className="grid gap-4">
        <legend className="font-medium text-sm">{t('accounts')}</legend>
        <p className="text-muted-foreground text-sm">{t('accountsHint')}</p>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {groups.map(({ value, label }) => (
            <Field key={value} name={value} label={label}>
              <Input className="font-mono" maxLength={30} defaultValue={accounts[value] ?? ''} />
            </Field>
          ))}
        </div>
      </fieldset>
      <fieldset className="grid gap-4 border-t pt-4">
        <legend className="font-medium text-sm">{t('exceptions')}</legend>
        <p className="text-muted-foreground text-sm">{t('exceptionsHint')}</p>
        {Array.from({ length: rows }, (_, nth) => nth).map((nth) => (
          <fieldset key={nth} className="grid gap-4 sm:grid-cols-3">
            <legend className="sr-only">{t('row', { nth: nth + 1 })}</legend>
            <Field name={`group${nth}`} label={t('group')}>
              <Select
                options={groups}
                placeholder={t('choose')}
                defaultValue={exceptions[nth]?.group ?? ''}
              />
            </Field>
            <Field name={`kind${nth}`} label={t('kind')}>
              <Select options={kinds} placeholder={t('choose')} defaultValue={exceptions[nth]?.kind ?? ''} />
            </Field>
            <Field name={`account${nth}`} label={t('account')}>
              <Input className="font-mono" maxLength={30} defaultValue={exceptions[nth]?.account ?? ''} />
            </Field>
          </fieldset>
        ))}
      </fieldset>
      <FormActions>
        <SubmitButton>{t('save')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
