import { ArrowRightLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { InFlightList } from '~/app/(console)/wallets/[id]/patterns/in-flight';
import { Told } from '~/app/(console)/wallets/[id]/patterns/told';
import { askToMoveAction } from '~/app/(console)/wallets/patterns/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import type { MovePreview } from '~/lib/patterns/preview';

type PreviewProps = {
  wallet: { id: string; name: string };
  preview: MovePreview;
  mayAsk: boolean;
};

/** What a move would take: what changes, what has to end first, what the customer must be told; and the way to ask for it. */
export function MovePreviewSection({ wallet, preview, mayAsk }: PreviewProps) {
  const t = useTranslations('patterns.move');
  const { from, to, asset, obstacle, unfit } = preview;
  const isPossible = obstacle === null && unfit === null;
  return (
    <div id="move" className="grid scroll-mt-4 items-start gap-x-8 lg:grid-cols-2">
      <Section
        title={t('title', { from, to })}
        description={t('description')}
        actions={
          isPossible && mayAsk ? (
            <ConfirmDialog
              action={askToMoveAction}
              act={`move${to}`}
              hidden={{ walletId: wallet.id, asset, to }}
              trigger={
                <>
                  <ArrowRightLeft aria-hidden />
                  {t('ask.trigger')}
                </>
              }
              triggerVariant="primary"
              title={t('ask.title', { name: wallet.name, from, to })}
              consequence={t('ask.consequence')}
              confirm={t('ask.confirm')}
              success={t('ask.done')}
              reason="required"
            />
          ) : null
        }
      >
        <Obstacles preview={preview} />
        <PreviewFacts preview={preview} />
      </Section>
      <div>
        <InFlightList preview={preview} />
        {isPossible ? (
          <Card className="mb-8 p-4 sm:p-5">
            <Told
              told={{
                number: null,
                formerNumber: preview.number,
                keepsForGood: preview.keepsNumberForGood,
                holder: preview.holder,
              }}
            />
          </Card>
        ) : null}
      </div>
    </div>
  );
}

function Obstacles({ preview: { obstacle, unfit } }: { preview: MovePreview }) {
  const t = useTranslations('patterns.move');
  const invalid = useTranslations('invalid');
  if (obstacle)
    return (
      <Alert
        tone="warning"
        title={t('obstacle.title')}
        className="mb-4"
        action={
          obstacle === 'no_entity' || obstacle === 'kyb_not_approved' ? (
            <Button asChild size="sm">
              <Link href="/entities">{t('entity')}</Link>
            </Button>
          ) : null
        }
      >
        {t(`obstacle.${obstacle}`)}
      </Alert>
    );
  // What the terms answer is a key of these messages.
  const why = unfit as Parameters<typeof invalid>[0] | null;
  return why ? (
    <Alert tone="warning" title={t('unfit')} className="mb-4">
      {invalid(why)}
    </Alert>
  ) : null;
}

function PreviewFacts({ preview }: { preview: MovePreview }) {
  const t = useTranslations('patterns.move.facts');
  const { amount, asset, fromAccount, number, keepsNumberForGood, holder } = preview;
  const hint = (text: string) => <span className="block text-muted-foreground">{text}</span>;
  return (
    <DetailList
      items={[
        { label: t('newNumber'), value: t('newNumberHint') },
        {
          label: t('oldNumber'),
          value: (
            <>
              <Clabe value={number} />
              {hint(t(keepsNumberForGood ? 'keepsForGood' : 'keepsUntil'))}
            </>
          ),
        },
        {
          label: t('money'),
          value:
            amount === 0n ? (
              t('noMoney')
            ) : (
              <>
                <Money amount={amount} asset={asset} />
                {hint(t('moneyHint', { account: t(fromAccount.isRoot ? 'shared' : 'own') }))}
              </>
            ),
        },
        { label: t('cost'), value: t('costValue') },
        { label: t('withdrawals'), value: t('withdrawalsValue') },
        ...(holder ? [{ label: t('holder'), value: holder }] : []),
      ]}
    />
  );
}
