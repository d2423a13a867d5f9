import type { useTranslations } from 'next-intl';
import { formatAmount, isAsset } from '~/lib/money';
import { PLAIN_TERMS, type TermsFacts } from '~/lib/terms/fields';

export type TermsField = keyof TermsFacts;
type Words = {
  t: ReturnType<typeof useTranslations<'terms'>>;
  kinds: ReturnType<typeof useTranslations<'kinds.customer'>>;
  locale: string;
};

/** Every field of terms, in the order in which they are shown. */
export const TERMS_FIELDS = Object.keys(PLAIN_TERMS) as TermsField[];

/** What of terms is worth a line: what lets money through, and what is not as plain terms have it. */
export function fieldsShown(terms: TermsFacts): TermsField[] {
  return TERMS_FIELDS.filter(
    (name) =>
      name === 'depositsEnabled' ||
      name === 'withdrawalsEnabled' ||
      String(terms[name] ?? '') !== String(PLAIN_TERMS[name] ?? ''),
  );
}

/** A field's value in words; amounts in the asset's own decimals. */
export function termsValue(
  { t, kinds, locale }: Words,
  asset: string,
  name: TermsField,
  terms: TermsFacts,
): string {
  const value = terms[name];
  if (value === null) return t('values.none');
  if (typeof value === 'boolean') return t(value ? 'values.yes' : 'values.no');
  if (typeof value === 'number' || (typeof value === 'bigint' && name.endsWith('Count')))
    return value.toLocaleString(locale);
  if (typeof value === 'bigint')
    return isAsset(asset) ? `${formatAmount(value, asset, locale)} ${asset}` : value.toString();
  if (name === 'eligibleKinds') return terms.eligibleKinds.map((kind) => kinds(kind)).join(', ');
  return value.map((word) => word.toUpperCase()).join(', ') || t('values.none');
}
