import { useLocale, useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { fieldsShown, termsValue } from '~/components/words/terms-words';
import type { TermsRecord } from '~/lib/terms/terms';

type TermsFactsProps = { terms: TermsRecord };

/** What a version of terms says, for who may read it and not change it. */
export function TermsFacts({ terms }: TermsFactsProps) {
  const t = useTranslations('terms');
  const kinds = useTranslations('kinds.customer');
  const locale = useLocale();
  return (
    <DetailList
      items={fieldsShown(terms).map((name) => ({
        label: t(`fields.${name}`),
        value: termsValue({ t, kinds, locale }, terms.asset, name, terms),
      }))}
    />
  );
}
