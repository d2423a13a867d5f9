import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Identifier } from '~/components/record/identifier';
import type { Personal } from '~/lib/people/masking';

/** Banxico's proof of the payment, or the bank's receipt. It shows both sides in full, so it is masked like them. */
export function ReceiptFact({ url }: { url: Personal }) {
  const t = useTranslations('reveals');
  if (typeof url !== 'string') return <span className="text-muted-foreground">{t('maskedReceipt')}</span>;
  return <Receipt url={url} />;
}

/** Somebody else's page. */
function Receipt({ url }: { url: string }) {
  const t = useTranslations('withdrawals.facts');
  // Only what a browser opens safely: the address comes from outside.
  if (!/^https?:\/\//.test(url)) return <Identifier value={url} />;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 text-link hover:underline"
    >
      {t('openReceipt')}
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  );
}
