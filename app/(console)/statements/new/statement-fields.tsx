'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';
import { STATEMENT_LOCALES } from '~/lib/statements/kinds';
import { joined } from '~/lib/text';

/** Null: every wallet's with movement. */
export type Whose = { scope: 'wallet' | 'customer'; id: string; name: string; holder: string | null } | null;

type WhoseFieldsProps = {
  whose: Whose;
  /** The customer's, of which one may be meant. */
  portfolios: readonly { id: string; name: string }[];
};

/** Whose it is, and of which portfolio, where they have some. */
export function WhoseFields({ whose, portfolios }: WhoseFieldsProps) {
  const t = useTranslations('statements.new');
  const list = useTranslations('statements');
  const hint = whose === null ? 'ofAll' : whose.scope === 'wallet' ? 'ofOne' : 'ofMany';
  return (
    <>
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
    </>
  );
}

/** The kind of file, and its language. */
export function FileFields() {
  const t = useTranslations('statements.new');
  const list = useTranslations('statements');
  return (
    <>
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
          defaultValue={useLocale()}
          className="sm:grid-cols-2"
          options={STATEMENT_LOCALES.map((value) => ({ value, label: t(`locales.${value}`) }))}
        />
      </Field>
    </>
  );
}
