import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AmountField } from '~/components/form/amount-field';
import { Field } from '~/components/form/form';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { Switch } from '~/components/ui/switch';
import { countryName } from '~/lib/countries';
import { formatAmount } from '~/lib/money';
import {
  type AmountField as AmountName,
  CUSTOMER_COUNTRIES,
  CUSTOMER_KINDS,
  FEE_BOUNDS,
  type Flow,
  LIMIT_AMOUNTS,
  LIMIT_COUNTS,
  type NumberField,
  PLAIN_TERMS,
  type TermsFacts,
} from '~/lib/terms/fields';

type TermsFieldsProps = { asset: string; rails: string[]; terms?: TermsFacts };

/** Switches, limits and fees. Amounts are typed in the asset's own decimals. */
export function TermsFields({ asset, rails, terms = PLAIN_TERMS }: TermsFieldsProps) {
  const t = useTranslations('settings.terms');
  const kinds = useTranslations('kinds.customer');
  const locale = useLocale();
  const flow = { asset, rails, terms };
  return (
    <>
      <FlowFields flow="deposit" title={t('deposits')} {...flow} />
      <FlowFields flow="withdrawal" title={t('withdrawals')} {...flow} />
      <Group title={t('balance')}>
        <Amount name="balanceMaxAmount" asset={asset} terms={terms} hint={t('balanceHint')} />
        <Toggle name="adjustmentsCount" terms={terms} hint={t('adjustmentsHint')} />
        <NumberInput name="debtShareBps" terms={terms} hint={t('debtShareHint')} />
      </Group>
      <Group title={t('eligible')} hint={t('eligibleHint')}>
        {CUSTOMER_KINDS.map((kind) => (
          <Tick
            key={kind}
            name={`eligibleKinds.${kind}`}
            label={kinds(kind)}
            on={terms.eligibleKinds.includes(kind)}
          />
        ))}
        {CUSTOMER_COUNTRIES.map((code) => (
          <Tick
            key={code}
            name={`eligibleCountries.${code}`}
            label={countryName(code, locale)}
            on={terms.eligibleCountries.includes(code)}
          />
        ))}
        <NumberInput name="minAge" terms={terms} hint={t('ageHint')} />
        <Toggle name="kybRequired" terms={terms} hint={t('kybHint')} />
      </Group>
    </>
  );
}

type FlowFieldsProps = Required<TermsFieldsProps> & { flow: Flow; title: string };

function FlowFields({ flow, title, asset, rails, terms }: FlowFieldsProps) {
  const t = useTranslations('settings.terms');
  const plain = asset === 'MXN';
  const limitHint = plain ? t('limitHint') : t('limitHintCode', { asset });
  const feeHint = plain ? t('feeHint') : t('feeHintCode', { asset });
  const off = flow === 'deposit' ? terms.depositRailsOff : terms.withdrawalRailsOff;
  return (
    <Group title={title} hint={`${t('periods')} ${limitHint}`}>
      <Toggle
        name={`${flow}sEnabled`}
        terms={terms}
        hint={t(flow === 'deposit' ? 'depositsHint' : 'withdrawalsHint')}
      />
      {rails.length > 1
        ? rails.map((rail) => (
            <Tick
              key={rail}
              name={`${flow}RailsOff.${rail}`}
              label={t('railOff', { rail })}
              on={off.includes(rail)}
            />
          ))
        : null}
      {LIMIT_AMOUNTS.map((limit) => (
        <Amount key={limit} name={`${flow}${limit}`} asset={asset} terms={terms} />
      ))}
      {LIMIT_COUNTS.map((limit) => (
        <NumberInput key={limit} name={`${flow}${limit}`} terms={terms} />
      ))}
      <Amount name={`${flow}FeeAmount`} asset={asset} terms={terms} hint={feeHint} />
      <NumberInput name={`${flow}FeeBps`} terms={terms} hint={t('bpsHint')} />
      {FEE_BOUNDS.map((bound) => (
        <Amount key={bound} name={`${flow}${bound}`} asset={asset} terms={terms} hint={t('feeBoundHint')} />
      ))}
      {flow === 'deposit' ? (
        <Toggle name="depositsRefusedByRail" terms={terms} hint={t('refusedHint')} />
      ) : null}
      {flow === 'withdrawal' ? (
        <Toggle name="refundFeeOnReturn" terms={terms} hint={t('refundHint')} />
      ) : null}
    </Group>
  );
}

type Common<Name> = { name: Name; terms: TermsFacts; hint?: string };

function Amount({ name, asset, terms, hint }: Common<AmountName> & { asset: string }) {
  const t = useTranslations('terms.fields');
  const locale = useLocale();
  const amount = terms[name];
  // No fee is left empty, as no limit is.
  const initial = amount ? formatAmount(amount, asset, locale) : '';
  return <AmountField name={name} label={t(name)} hint={hint} asset={asset} initial={initial} />;
}

function NumberInput({ name, terms, hint }: Common<NumberField>) {
  const t = useTranslations('terms.fields');
  return (
    <Field name={name} label={t(name)} hint={hint}>
      <Input
        inputMode="numeric"
        autoComplete="off"
        maxLength={9}
        // No fee is left empty; that nothing pays a debt is said.
        defaultValue={(name === 'debtShareBps' ? terms[name] : terms[name] || '')?.toString() ?? ''}
      />
    </Field>
  );
}

type ToggleName =
  | 'depositsRefusedByRail'
  | 'depositsEnabled'
  | 'withdrawalsEnabled'
  | 'refundFeeOnReturn'
  | 'adjustmentsCount'
  | 'kybRequired';

function Toggle({ name, terms, hint }: Common<ToggleName>) {
  const t = useTranslations('terms.fields');
  return (
    <Field name={name} label={t(name)} hint={hint} inline className="sm:col-span-2">
      <Switch defaultChecked={terms[name]} />
    </Field>
  );
}

function Tick({ name, label, on }: { name: string; label: string; on: boolean }) {
  return (
    <Field name={name} label={label} inline>
      <Checkbox defaultChecked={on} />
    </Field>
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
      <div className="mt-3 grid gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
