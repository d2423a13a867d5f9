import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { PrintedHint } from '~/app/(console)/withdrawals/new/printed-hint';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { checkTaxId } from '~/lib/tax-id';
import { bareOf } from '~/lib/text';

/** An RFC of a company has 12 characters: until then it is still being typed. */
const SHORTEST = 12;

/** Whom the money goes to by name and tax id, both optional, with what the bank will make of them. */
export function NameFields(initial: { name?: string | undefined; taxId?: string | undefined }) {
  const t = useTranslations('withdrawals.new');
  const [name, setName] = useState(initial.name ?? '');
  const [taxId, setTaxId] = useState(initial.taxId ?? '');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="beneficiaryName" label={t('name')} hint={<PrintedHint typed={name} />}>
        <Input
          autoComplete="off"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field name="beneficiaryTaxId" label={t('taxId')} hint={<TaxIdHint typed={taxId} />}>
        <Input
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          value={taxId}
          onChange={(event) => setTaxId(event.target.value)}
          className="font-mono uppercase"
        />
      </Field>
    </div>
  );
}

function TaxIdHint({ typed }: { typed: string }) {
  return (
    <span role="status" className="block text-warning empty:hidden">
      <Doubt typed={typed} />
    </span>
  );
}

function Doubt({ typed }: { typed: string }) {
  const invalid = useTranslations('invalid');
  const warnings = useTranslations('kinds.taxWarning');
  if (bareOf(typed).length < SHORTEST) return null;
  const check = checkTaxId('mx', typed);
  if (!check.ok) return invalid(`tax_id_${check.reason}`);
  return check.warning ? warnings(check.warning, { value: check.formatted }) : null;
}
