import { useLocale, useTranslations } from 'next-intl';
import { minutesFor } from '~/app/(console)/withdrawals/batches/[id]/progress';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { BatchRecord } from '~/lib/batches/read';
import { formatAmount } from '~/lib/money';

type DraftProps = { batch: BatchRecord; operator: { id: string } };

/** What would happen, and all that speaks against it, before anything does. */
export function Draft({ batch, operator }: DraftProps) {
  const t = useTranslations('batches.draft');
  const { totals, asset, payers, requestedById, requestedBy } = batch;
  const { payable, amount, fee } = totals;
  const minutes = minutesFor(payable);
  const [payer, another] = payers;
  return (
    <Section
      title={t('title')}
      description={requestedById === operator.id ? t('nothingHeld') : t('own', { name: requestedBy })}
    >
      <div className="grid gap-5">
        <Warnings batch={batch} />
        {payable === 0 ? null : (
          <>
            <DetailList
              columns={2}
              items={[
                { label: t('pays'), value: t('rowsPaid', { count: payable }) },
                {
                  label: t('total'),
                  value: <Money amount={amount + fee} asset={asset} className="font-semibold" />,
                },
                { label: t('fee'), value: <Money amount={fee} asset={asset} /> },
                ...(payer && !another
                  ? [{ label: t('left'), value: <Money amount={payer.left} asset={asset} /> }]
                  : []),
              ]}
            />
            <p className="text-muted-foreground text-sm">
              {minutes === 0 ? t('etaSoon') : t('eta', { minutes })}
            </p>
          </>
        )}
      </div>
    </Section>
  );
}

function Warnings({ batch }: { batch: BatchRecord }) {
  const t = useTranslations('batches.draft');
  const locale = useLocale();
  const { id, asset, totals, payers, same } = batch;
  const here = (view: string) => to(`/withdrawals/batches/${id}?view=${view}`);
  const short = payers.filter(({ left, isHouse }) => left < 0n && !isHouse);
  return (
    <div className="grid gap-2 empty:hidden">
      {totals.payable === 0 ? <Alert tone="danger">{t('none')}</Alert> : null}
      {same ? (
        <Alert tone="danger" action={<See href={to(`/withdrawals/batches/${same.id}`)}>{t('seeSame')}</See>}>
          {t('same')}
        </Alert>
      ) : null}
      {short.slice(0, 5).map(({ walletId, name: wallet, left }) => (
        <Alert key={walletId} tone="danger">
          {t('short', { wallet, asset, amount: formatAmount(-left, asset, locale) })}
        </Alert>
      ))}
      {totals.faulty > 0 ? (
        <Alert tone="warning" action={<See href={here('faulty')}>{t('seeFaulty')}</See>}>
          {t('faulty', { count: totals.faulty })}
        </Alert>
      ) : null}
      {totals.repeated > 0 ? (
        <Alert tone="warning" action={<See href={here('repeated')}>{t('seeRepeated')}</See>}>
          {t('repeated', { count: totals.repeated })}
        </Alert>
      ) : null}
    </div>
  );
}

function See({ href, children }: { href: ReturnType<typeof to>; children: string }) {
  return (
    <Button asChild size="sm">
      <Link href={href}>{children}</Link>
    </Button>
  );
}
