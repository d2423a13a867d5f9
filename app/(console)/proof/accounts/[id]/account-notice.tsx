import { useTranslations } from 'next-intl';
import { WaitsLine } from '~/components/money/proven-line';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import type { AccountProof } from '~/lib/proof/read';

/** Why an account is not green when no break says so. */
export function AccountNotice({ account }: { account: AccountProof }) {
  const t = useTranslations('proof.account');
  const { error, light, standing, provenAt, laggingCount, laggingSince } = account;
  if (error)
    return (
      <Alert tone="warning" title={t('error')} className="mb-6">
        {t('errorHint', partsOf(error))}
      </Alert>
    );
  if (light !== 'amber' && light !== 'red') return null;
  const tone = light === 'red' ? 'danger' : 'warning';
  if (laggingSince && laggingCount > 0)
    return (
      <Alert tone={tone} title={<WaitsLine count={laggingCount} since={laggingSince} />} className="mb-6">
        {t('waitsHint')}
      </Alert>
    );
  if (standing > 0 || !provenAt) return null;
  return (
    <Alert
      tone={tone}
      title={t.rich('late', { at: () => <Timestamp at={provenAt} format="seconds" /> })}
      className="mb-6"
    >
      {t('lateHint')}
    </Alert>
  );
}

/** `unreadable:3` tells how many. */
function partsOf(error: string) {
  const [code = '', count] = error.split(':');
  return { code, count: Number(count ?? 0) };
}
