'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { changeRuleAction } from '~/app/(console)/settings/rules/actions';
import { type LookedAt, RuleLook } from '~/app/(console)/settings/rules/rule-look';
import { RuleSteps } from '~/app/(console)/settings/rules/rule-steps';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { RULED, RULED_ACTIONS, type RuledAction, sumsOf } from '~/lib/approvals/actions';
import {
  type Look,
  PATTERNS,
  RULE_MODES,
  SUM_WITHIN,
  type SumOf,
  WALLET_KINDS,
} from '~/lib/approvals/rule-words';
import type { RuleVersion } from '~/lib/approvals/rules-read';
import { HOLIDAY_COUNTRIES } from '~/lib/holidays';
import { formatAmount, isAsset } from '~/lib/money';

/** `terms`: the names of all. */
type RuleEditorProps = { rule?: RuleVersion; assets: readonly string[]; terms: readonly string[] };

/** A rule by its conditions, all of them optional, and whom it takes. It is tried before it is asked for. */
export function RuleEditor({ rule, assets, terms }: RuleEditorProps) {
  const t = useTranslations('settings.rules');
  const common = useTranslations('common');
  const [action, setAction] = useState<RuledAction>(rule?.action ?? 'withdrawal.pay');
  const [asset, setAsset] = useState(rule?.conditions.asset ?? '');
  const looks: readonly Look[] = RULED[action];
  const options = <Key extends string>(keys: readonly Key[], label: (key: Key) => string) =>
    keys.map((value) => ({ value, label: label(value) }));
  return (
    <Form
      act="change_rule"
      action={changeRuleAction}
      hidden={rule ? { rule: rule.rule } : {}}
      success={t('saved')}
      look={(look: LookedAt) => <RuleLook look={look} />}
    >
      <Group title={t('what')}>
        <Field name="name" label={t('name')} hint={t('nameHint')} required>
          <Input autoComplete="off" maxLength={60} defaultValue={rule?.name} />
        </Field>
        <Field name="action" label={t('action')} required>
          <Select
            value={action}
            onChange={({ target }) =>
              setAction(RULED_ACTIONS.find((each) => each === target.value) ?? 'withdrawal.pay')
            }
            options={options(rule ? [action] : RULED_ACTIONS, (each) =>
              t(`actions.${each.replace('.', '_') as 'withdrawal_pay'}`),
            )}
          />
        </Field>
        <Field name="mode" label={t('mode')} hint={t('modeHint')} required>
          <Select
            defaultValue={rule?.mode ?? 'shadow'}
            options={options(RULE_MODES, (mode) => t(`modes.${mode}`))}
          />
        </Field>
      </Group>
      {looks.includes('amount') ? (
        <Amounts {...{ asset, setAsset, assets, rule }} sums={sumsOf(action)} />
      ) : null}
      {looks.includes('wallet') ? (
        <Group title={t('wallet')} hint={t('walletHint')}>
          <Boxes label={t('kinds')} name="kind" keys={WALLET_KINDS} on={rule?.conditions.walletKinds}>
            {(kind) => t(`kind.${kind}`)}
          </Boxes>
          <Boxes label={t('patterns')} name="pattern" keys={PATTERNS} on={rule?.conditions.patterns}>
            {(pattern) => t('pattern', { pattern })}
          </Boxes>
          <Field name="terms" label={t('terms')}>
            <Select
              defaultValue={rule?.conditions.terms ?? ''}
              placeholder={t('anyTerms')}
              options={terms.map((value) => ({ value, label: value }))}
            />
          </Field>
        </Group>
      ) : null}
      {looks.includes('beneficiary') ? <People rule={rule} /> : null}
      <Hours rule={rule} />
      <RuleSteps steps={rule?.steps} />
      <FormActions>
        <Button asChild>
          <Link href="/settings/rules">{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('try')}</SubmitButton>
      </FormActions>
    </Form>
  );
}

type AmountsProps = {
  asset: string;
  setAsset: (asset: string) => void;
  assets: readonly string[];
  rule: RuleVersion | undefined;
  /** By whom they add up; by nobody: sums say nothing here. */
  sums: readonly SumOf[];
};

function Amounts({ asset, setAsset, assets, rule, sums }: AmountsProps) {
  const t = useTranslations('settings.rules');
  const locale = useLocale();
  const { amount, sum } = rule?.conditions ?? {};
  const shown = (text?: string) =>
    text !== undefined && isAsset(asset) ? formatAmount(BigInt(text), asset, locale) : '';
  return (
    <Group title={t('amount')} hint={t('amountHint')}>
      <Field name="asset" label={t('asset')}>
        <Select
          value={asset}
          onChange={({ target }) => setAsset(target.value)}
          placeholder={t('anyAsset')}
          options={assets.map((value) => ({ value, label: value }))}
        />
      </Field>
      {asset === '' ? null : (
        <>
          <AmountField
            name="amountFrom"
            label={t('amountFrom')}
            asset={asset}
            initial={shown(amount?.from)}
          />
          <AmountField name="amountTo" label={t('amountTo')} asset={asset} initial={shown(amount?.to)} />
        </>
      )}
      {asset !== '' && sums.length > 0 ? (
        <>
          <Field name="sumOf" label={t('sumOf')}>
            <Select
              defaultValue={sum?.of ?? ''}
              placeholder={t('noSum')}
              options={sums.map((of) => ({ value: of, label: t(`of.${of}`) }))}
            />
          </Field>
          <Field name="sumWithin" label={t('sumWithin')}>
            <Select
              defaultValue={sum?.within ?? 'day'}
              options={SUM_WITHIN.map((within) => ({ value: within, label: t(`within.${within}`) }))}
            />
          </Field>
          <AmountField name="sumFrom" label={t('sumFrom')} asset={asset} initial={shown(sum?.from)} />
        </>
      ) : null}
    </Group>
  );
}

function People({ rule }: { rule: RuleVersion | undefined }) {
  const t = useTranslations('settings.rules');
  const { beneficiary, customerYoungerDays } = rule?.conditions ?? {};
  return (
    <Group title={t('people')}>
      <Field name="beneficiaryIs" label={t('beneficiary')}>
        <Select
          defaultValue={beneficiary?.is ?? ''}
          placeholder={t('anyBeneficiary')}
          options={(['new', 'changed'] as const).map((is) => ({
            value: is,
            label: t(`beneficiaryIs.${is}`),
          }))}
        />
      </Field>
      <Field name="beneficiaryDays" label={t('beneficiaryDays')} hint={t('daysHint')}>
        <Input inputMode="numeric" maxLength={4} defaultValue={beneficiary?.days} />
      </Field>
      <Field name="customerDays" label={t('customerDays')} hint={t('customerHint')}>
        <Input inputMode="numeric" maxLength={4} defaultValue={customerYoungerDays} />
      </Field>
    </Group>
  );
}

function Hours({ rule }: { rule: RuleVersion | undefined }) {
  const t = useTranslations('settings.rules');
  const outside = rule?.conditions.outside;
  return (
    <Group title={t('hours')} hint={t('hoursHint')}>
      <Field name="country" label={t('country')}>
        <Select
          defaultValue={outside?.country ?? ''}
          placeholder={t('anyHour')}
          options={HOLIDAY_COUNTRIES.map((country) => ({ value: country, label: t(`countries.${country}`) }))}
        />
      </Field>
      <Field name="opens" label={t('opens')}>
        <Input maxLength={5} placeholder="09:00" defaultValue={outside?.from ?? '09:00'} />
      </Field>
      <Field name="closes" label={t('closes')}>
        <Input maxLength={5} placeholder="18:00" defaultValue={outside?.to ?? '18:00'} />
      </Field>
    </Group>
  );
}

type BoxesProps<Key extends string> = {
  label: string;
  name: string;
  keys: readonly Key[];
  on: readonly Key[] | undefined;
  children: (key: Key) => string;
};

function Boxes<Key extends string>({ label, name, keys, on, children }: BoxesProps<Key>) {
  return (
    <fieldset className="grid content-start gap-2">
      <legend className="mb-2 font-medium text-sm">{label}</legend>
      {keys.map((key) => (
        <Field key={key} name={`${name}${key}`} label={children(key)} inline>
          <Checkbox defaultChecked={on?.includes(key) ?? false} />
        </Field>
      ))}
    </fieldset>
  );
}

function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className="not-first:border-t not-first:pt-4">
      <legend className="sr-only">{title}</legend>
      <div aria-hidden className="font-semibold text-sm">
        {title}
      </div>
      {hint ? <p className="text-muted-foreground text-sm">{hint}</p> : null}
      <div className="mt-3 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
    </fieldset>
  );
}
