import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { HoldTable } from '~/components/list/hold-table';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { HoldRow } from '~/lib/holds/read';

/** More would push the movements off the screen. */
const SHOWN = 5;

/** What somebody set aside by hand. None, nothing shown. */
export function HandHolds({ walletId, holds }: { walletId: string; holds: readonly HoldRow[] }) {
  const t = useTranslations('holds.ofWallet');
  if (holds.length === 0) return null;
  return (
    <Section
      title={t('title')}
      description={t('description')}
      flush
      actions={
        <Button asChild size="sm">
          <Link href={`/holds?wallet=${walletId}`}>{t('all')}</Link>
        </Button>
      }
    >
      <HoldTable holds={holds.slice(0, SHOWN)} scope="wallet" />
    </Section>
  );
}
