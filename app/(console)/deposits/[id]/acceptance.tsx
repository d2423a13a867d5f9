import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Checkbox } from '~/components/ui/checkbox';

type AcceptanceProps = { loss: bigint; asset: string; notOpen: boolean; wallet: string };

/** What has to be accepted by hand before a deposit goes back: what is lost by it, and that its wallet is not open. */
export function Acceptance({ loss, asset, notOpen, wallet }: AcceptanceProps) {
  const t = useTranslations('deposits.accept');
  return (
    <>
      {loss > 0n ? (
        <>
          <Alert tone="danger">
            {t.rich('loss', {
              wallet,
              amount: () => <Money amount={loss} asset={asset} className="font-semibold" />,
            })}
          </Alert>
          <input type="hidden" name="loss" value={loss.toString()} />
          <Field name="acceptsLoss" label={t('acceptsLoss')} required inline>
            <Checkbox />
          </Field>
        </>
      ) : null}
      {notOpen ? (
        <>
          <Alert tone="danger">{t('notOpen', { wallet })}</Alert>
          <Field name="acceptsNotOpen" label={t('acceptsNotOpen')} required inline>
            <Checkbox />
          </Field>
        </>
      ) : null}
    </>
  );
}
