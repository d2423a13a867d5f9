'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { askStatementAction } from '~/app/(console)/statements/actions';
import { MonthlyForm, type Months } from '~/app/(console)/statements/new/monthly-form';
import { FileFields, type Whose, WhoseFields } from '~/app/(console)/statements/new/statement-fields';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { namedDays } from '~/components/list/search-params';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { useZoneName } from '~/components/words/zone-name';

type OnceFormProps = {
  whose: Whose;
  /** The customer's, of which one may be meant. */
  portfolios: readonly { id: string; name: string }[];
  /** The wallet's. */
  assets: readonly string[];
  /** In the operator's zone. */
  today: string;
  timeZone: string;
};

/** `months`: where they may be sent each month as well. */
type StatementFormProps = OnceFormProps & { months: Months | null };

export function StatementForm({ months, ...once }: StatementFormProps) {
  const t = useTranslations('statements.monthly');
  const [when, setWhen] = useState<string>('once');
  const { whose, portfolios } = once;
  if (whose === null || months === null) return <OnceForm {...once} />;
  return (
    <div className="grid gap-5">
      <Field name="when" label={t('when')} required group className="max-w-xl">
        <RadioGroup
          defaultValue="once"
          className="sm:grid-cols-2"
          onValueChange={setWhen}
          options={[
            { value: 'once', label: t('once'), description: t('onceHint') },
            { value: 'each', label: t('each'), description: t('eachHint') },
          ]}
        />
      </Field>
      {when === 'each' ? <MonthlyForm {...{ whose, portfolios, months }} /> : <OnceForm {...once} />}
    </div>
  );
}

function OnceForm({ whose, portfolios, assets, today, timeZone }: OnceFormProps) {
  const t = useTranslations('statements.new');
  const mail = useTranslations('statements.mail');
  const zoneName = useZoneName();
  const [days, setDays] = useState(() => namedDays('lastMonth', today));
  return (
    <Form
      act="ask_statement"
      action={askStatementAction}
      hidden={{ scope: whose?.scope ?? 'all', timeZone, ...(whose && { scopeId: whose.id }) }}
      className="max-w-xl"
    >
      <WhoseFields whose={whose} portfolios={portfolios} />
      {assets.length > 1 ? (
        <Field name="asset" label={t('asset')}>
          <Select
            placeholder={t('allAssets')}
            options={assets.map((asset) => ({ value: asset, label: asset }))}
          />
        </Field>
      ) : null}
      <fieldset className="grid gap-3">
        <legend className="mb-1.5 font-medium text-sm">{t('period')}</legend>
        <div className="flex flex-wrap gap-2">
          {(['lastMonth', 'thisMonth'] as const).map((name) => (
            <Button key={name} size="sm" onClick={() => setDays(namedDays(name, today))}>
              {t(name)}
            </Button>
          ))}
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="from" label={t('from')} required>
            <Input
              type="date"
              max={today}
              value={days.from}
              onChange={(event) => setDays({ ...days, from: event.target.value })}
            />
          </Field>
          <Field name="to" label={t('to')} required>
            <Input
              type="date"
              max={today}
              value={days.to}
              onChange={(event) => setDays({ ...days, to: event.target.value })}
            />
          </Field>
        </div>
        <p className="text-muted-foreground text-sm">{t('toHint', { zone: zoneName(timeZone) })}</p>
      </fieldset>
      <FileFields />
      <Field name="mailTo" label={mail('by')} hint={mail('byHint')}>
        <Textarea rows={2} maxLength={2_600} autoComplete="off" spellCheck={false} />
      </Field>
      <FormActions>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
