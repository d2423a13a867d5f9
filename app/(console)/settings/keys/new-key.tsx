'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { makeKeyAction } from '~/app/(console)/settings/keys/actions';
import { SecretForm } from '~/app/(console)/settings/keys/secret-form';
import { ScopeField } from '~/app/(console)/settings/roles/scope-field';
import { AmountField } from '~/components/form/amount-field';
import { Field } from '~/components/form/form';
import type { Chosen } from '~/components/form/lookup-field';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { fitsKeyScope, MONEY_SCOPES, SCOPE_NAMES } from '~/lib/api/scopes';

/** Makes a key, and shows its secret once. */
export function NewKey() {
  const t = useTranslations('apiKeys.new');
  const [portfolios, setPortfolios] = useState<readonly Chosen[]>([]);
  return (
    <SecretForm
      act="make_key"
      action={makeKeyAction}
      made={t('made')}
      submit={t('submit')}
      onMade={() => setPortfolios([])}
    >
      <Field name="name" label={t('name')} hint={t('nameHint')} required className="max-w-md">
        <Input autoComplete="off" maxLength={80} />
      </Field>
      <ScopeField hint={t('scopeHint')} chosen={portfolios} onChange={setPortfolios} />
      <Scopes isOfSome={portfolios.length > 0} />
      <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
        <AmountField name="each" label={t('each')} hint={t('limitHint')} asset="MXN" />
        <AmountField name="day" label={t('day')} hint={t('limitHint')} asset="MXN" />
      </div>
      <Field name="addresses" label={t('addresses')} hint={t('addressesHint')} className="max-w-md">
        <Textarea rows={2} maxLength={2_000} className="font-mono" spellCheck={false} />
      </Field>
      <Field name="expires" label={t('expires')} className="max-w-xs">
        <Select
          placeholder={t('never')}
          options={(['30', '90', '365'] as const).map((value) => ({ value, label: t(`days.${value}`) }))}
        />
      </Field>
    </SecretForm>
  );
}

/** A line per noun, what reads it first. */
function Scopes({ isOfSome }: { isOfSome: boolean }) {
  const t = useTranslations('apiKeys.new');
  const fits = (scope: ScopeName) => !isOfSome || fitsKeyScope(scope);
  const hintOf = (scope: ScopeName) => {
    if (!fits(scope)) return t('ofTheHouse');
    return MONEY_SCOPES.includes(scope) ? t('twoPeople') : undefined;
  };
  const nouns = [...new Set(SCOPE_NAMES.map(nounOf))];
  return (
    <Field name="scopes" label={t('scopes')} hint={t('scopesHint')} group required>
      <div className="max-w-2xl divide-y rounded-md border">
        {nouns.map((noun) => (
          <div key={noun} className="grid gap-x-6 gap-y-2 px-3 py-2.5 sm:grid-cols-3">
            {SCOPE_NAMES.filter((scope) => nounOf(scope) === noun)
              .sort((one, other) => Number(isRead(other)) - Number(isRead(one)))
              .map((scope) => (
                <Field key={scope} name={scope} label={scope} hint={hintOf(scope)} inline>
                  <Checkbox disabled={!fits(scope)} />
                </Field>
              ))}
          </div>
        ))}
      </div>
    </Field>
  );
}

type ScopeName = (typeof SCOPE_NAMES)[number];
const nounOf = (scope: ScopeName) => scope.split(':')[0] ?? '';
const isRead = (scope: ScopeName) => scope.endsWith(':read');
