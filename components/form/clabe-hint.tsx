'use client';

import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { checkClabe, normalizeClabe } from '~/lib/clabe';
import { clabeBank } from '~/lib/clabe-bank';

const LENGTH = 18;

/** What the digits typed so far say: the bank as soon as three are there, and whether the last one fits. */
export function ClabeHint({ typed, own }: { typed: string; own: boolean }) {
  return (
    <span role="status" className="inline-flex min-h-5 items-center gap-1.5">
      <Verdict typed={typed} own={own} />
    </span>
  );
}

function Verdict({ typed, own }: { typed: string; own: boolean }) {
  const t = useTranslations('withdrawals.new.clabeHint');
  const invalid = useTranslations('invalid');
  const errors = useTranslations('errors');
  const digits = normalizeClabe(typed);
  if (digits === '') return t('empty');
  const bank = clabeBank(digits)?.name;
  const check = checkClabe(digits);
  if (own) return <Wrong>{errors('beneficiary_is_own_wallet')}</Wrong>;
  if (check.ok) {
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-success">
        <CircleCheck aria-hidden className="size-4" />
        {bank ?? t('unknownBank')}
      </span>
    );
  }
  if (check.reason === 'length' && digits.length < LENGTH) {
    return t('counting', { bank: bank ?? t('bank'), count: digits.length });
  }
  return <Wrong>{invalid(`clabe_${check.reason}`)}</Wrong>;
}

function Wrong({ children }: { children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-danger">
      <CircleAlert aria-hidden className="size-4 shrink-0" />
      {children}
    </span>
  );
}
