'use client';

import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { taxIdChecks } from '~/components/form/tax-ids';
import { useOnDemand } from '~/components/ui/on-demand';
import type { TaxIdCountry } from '~/lib/tax-id';
import { bareOf } from '~/lib/text';

/** An RFC of a company has 12 characters, a RUT at least 8: until then it is still being typed. */
const SHORTEST = { mx: 12, cl: 8 } as const;

type TaxIdVerdictProps = { text: string; country: TaxIdCountry; business: boolean };

/** What is right or wrong with a tax id so far, and how it will be kept. What is only odd is no refusal. */
export function TaxIdVerdict({ text, country, business }: TaxIdVerdictProps) {
  return (
    <span role="status">
      <Verdict text={text} country={country} business={business} />
    </span>
  );
}

function Verdict({ text, country, business }: TaxIdVerdictProps) {
  const t = useTranslations('customers.form');
  const kinds = useTranslations('kinds.tax');
  const invalid = useTranslations('invalid');
  const warnings = useTranslations('kinds.taxWarning');
  const isWhole = bareOf(text).length >= SHORTEST[country];
  const checks = useOnDemand(taxIdChecks, isWhole);
  if (!isWhole || !checks) return t('taxIdHint');
  const check = checks.checkTaxIdOf(business ? 'business' : 'person', country, text);
  if (!check.ok) return <Doubt>{invalid(`tax_id_${check.reason}`)}</Doubt>;
  if (business && check.kind === 'curp') return <Doubt>{invalid('tax_id_business_needs_rfc')}</Doubt>;
  if (check.warning) return <Doubt>{warnings(check.warning, { value: check.formatted })}</Doubt>;
  return (
    <span className="inline-flex items-start gap-1.5 text-success">
      <CircleCheck aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {t('taxIdOk', { kind: kinds(check.kind), value: check.formatted })}
    </span>
  );
}

function Doubt({ children }: { children: React.ReactNode }) {
  return (
    <span className="inline-flex items-start gap-1.5 text-warning">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {children}
    </span>
  );
}
