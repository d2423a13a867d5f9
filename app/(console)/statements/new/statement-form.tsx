'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { askStatementAction } from '~/app/(console)/statements/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { namedDays } from '~/components/list/search-params';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { useZoneName } from '~/components/words/zone-name';
import { STATEMENT_LOCALES } from '~/lib/statements/kinds';
import { joined } from '~/lib/text';

type StatementFormProps = {
  /** Null: every wallet's with movement. */
  whose: { scope: 'wallet' | 'customer'; id: string; name: string; holder: string | null } | null;
  /** The customer's, of which one may be meant. */
  portfolios: readonly { id: string; name: string }[];
  /** The wallet's. */
  assets: readonly string[];
  /** In the operator's zone. */
  today: string;
  timeZone: string;
};

export function StatementForm({ whose, portfolios, assets, today, timeZone }: StatementFormProps) {
  const t = useTranslations('statements.new');
  const list = useTranslations('statements');
  const mail = useTranslations('statements.mail');
  const zoneName = useZoneName();
  const locale = useLocale();
  const [days, setDays] = useState(() => namedDays('lastMonth', today));
  const hint = whose === null ? 'ofAll' : whose.scope === 'wallet' ? 'ofOne' : 'ofMany';
  return (
    <Form
      act="ask_statement"
      action={askStatementAction}
      hidden={{ scope: whose?.scope ?? 'all', timeZone, ...(whose && { scopeId: whose.id }) }}
      className="max-w-xl"
    >
      <div>
        <p className="font-medium text-sm">{t('whose')}</p>
        <p className="text-sm">{whose ? joined([whose.holder, whose.name]) : list('all')}</p>
        <p className="text-muted-foreground text-sm">{t(hint)}</p>
      </div>
      {portfolios.length > 0 ? (
        <Field name="portfolioId" label={t('portfolio')}>
          <Select
            placeholder={t('allWallets')}
            options={portfolios.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      ) : null}
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
      <Field name="format" label={t('format')} required group>
        <RadioGroup
          defaultValue="pdf"
          className="sm:grid-cols-2"
          options={[
            { value: 'pdf', label: list('formats.pdf'), description: t('pdfHint') },
            { value: 'xlsx', label: list('formats.xlsx'), description: t('xlsxHint') },
          ]}
        />
      </Field>
      <Field name="locale" label={t('locale')} required group>
        <RadioGroup
          defaultValue={locale}
          className="sm:grid-cols-2"
          options={STATEMENT_LOCALES.map((value) => ({ value, label: t(`locales.${value}`) }))}
        />
      </Field>
      <Field name="mailTo" label={mail('by')} hint={mail('byHint')}>
        <Textarea rows={2} maxLength={2_600} autoComplete="off" spellCheck={false} />
      </Field>
      <FormActions>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
