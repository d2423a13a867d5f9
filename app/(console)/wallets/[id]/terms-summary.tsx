import { useLocale, useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { fieldsShown, termsValue } from '~/components/words/terms-words';
import type { WalletView } from '~/lib/wallets/wallets';

type TermsSummaryProps = { wallet: WalletView; mayChange: boolean };

/** The limits, fees and rail switches that this wallet lives under, and which version of them. */
export function TermsSummary({ wallet: { id, terms }, mayChange }: TermsSummaryProps) {
  const words = useTranslations('wallets.terms');
  const t = useTranslations('terms');
  const kinds = useTranslations('kinds.customer');
  const locale = useLocale();
  const change = mayChange ? (
    <Button asChild size="sm">
      <Link href={`/settings/terms/${terms.id}/assign?wallet=${id}`}>{words('change')}</Link>
    </Button>
  ) : null;
  return (
    <Section
      title={words('title')}
      description={words('description', { name: terms.name, version: terms.version })}
      actions={change}
    >
      <DetailList
        className="-my-2"
        items={fieldsShown(terms).map((name) => ({
          label: t(`fields.${name}`),
          value: termsValue({ t, kinds, locale }, terms.asset, name, terms),
        }))}
      />
    </Section>
  );
}
