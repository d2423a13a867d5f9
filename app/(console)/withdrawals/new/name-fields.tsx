import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '~/components/form/form';
import { PrintedHint } from '~/components/form/printed-hint';
import { taxIdChecks } from '~/components/form/tax-ids';
import { Input } from '~/components/ui/input';
import { useOnDemand } from '~/components/ui/on-demand';
import { bareOf } from '~/lib/text';
import type { PayingFacts } from '~/lib/withdrawals/paying';

/** An RFC of a company has 12 characters, a RUT 8: until then it is still being typed. */
const SHORTEST = { mx: 12, cl: 8 };

/** Whom the money goes to by name and tax id, both optional, with what the bank will make of them. */
type NameFieldsProps = {
  /** What its rail takes. */
  wallet: PayingFacts;
  name?: string | undefined;
  taxId?: string | undefined;
};

export function NameFields({ wallet: { taxIds, writing, destinations }, ...initial }: NameFieldsProps) {
  const t = useTranslations('withdrawals.new');
  const [name, setName] = useState(initial.name ?? '');
  const [taxId, setTaxId] = useState(initial.taxId ?? '');
  // A Chilean account is said with the tax id of whose it is, and its bank compares the name.
  const isNamed = destinations.every((kind) => kind === 'tef');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        name="beneficiaryName"
        label={t('name')}
        required={isNamed}
        hint={writing === 'spei' ? <PrintedHint typed={name} /> : undefined}
      >
        <Input
          autoComplete="off"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {isNamed ? null : (
        <Field
          name="beneficiaryTaxId"
          label={t(`taxIds.${taxIds ?? 'any'}`)}
          hint={taxIds ? <TaxIdHint country={taxIds} typed={taxId} /> : undefined}
        >
          <Input
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            value={taxId}
            onChange={(event) => setTaxId(event.target.value)}
            className="font-mono uppercase"
          />
        </Field>
      )}
    </div>
  );
}

type Typed = { country: 'mx' | 'cl'; typed: string };

function TaxIdHint({ country, typed }: Typed) {
  return (
    <span role="status" className="block text-warning empty:hidden">
      <Doubt country={country} typed={typed} />
    </span>
  );
}

function Doubt({ country, typed }: Typed) {
  const invalid = useTranslations('invalid');
  const warnings = useTranslations('kinds.taxWarning');
  const isWhole = bareOf(typed).length >= SHORTEST[country];
  const checks = useOnDemand(taxIdChecks, isWhole);
  if (!isWhole || !checks) return null;
  const check = checks.checkTaxId(country, typed);
  if (!check.ok) return invalid(`tax_id_${check.reason}`);
  return check.warning ? warnings(check.warning, { value: check.formatted }) : null;
}
