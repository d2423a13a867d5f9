import { useTranslations } from 'next-intl';
import { Told } from '~/app/(console)/wallets/[id]/patterns/told';
import { cancelMoveAction } from '~/app/(console)/wallets/patterns/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Badge, type Tone } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useHeldWords } from '~/components/words/held-words';
import type { HeldReason } from '~/lib/gate/gate';
import type { PatternFacts } from '~/lib/patterns/compare';
import type { MoveRow } from '~/lib/patterns/read';

type MovesProps = { moves: readonly MoveRow[]; mayCancel: boolean; facts: readonly PatternFacts[] };

/** The moves of the wallet, the latest first: how far each has come, and what it waits for. */
export function Moves({ moves, mayCancel, facts }: MovesProps) {
  return moves.map((move, nth) => (
    <Move
      key={move.id}
      move={move}
      mayCancel={mayCancel}
      holder={facts.find(({ pattern }) => pattern === move.toPattern)?.holder ?? null}
      isLatest={nth === 0}
    />
  ));
}

const TONES: Record<MoveRow['state'], Tone> = {
  opening: 'info',
  switching: 'info',
  moving: 'info',
  moved: 'success',
  cancelled: 'neutral',
};

type MoveProps = { move: MoveRow; mayCancel: boolean; holder: string | null; isLatest: boolean };

function Move({ move, mayCancel, holder, isLatest }: MoveProps) {
  const t = useTranslations('patterns.moves');
  const told = useTranslations('patterns.told');
  const { id, state, fromPattern: from, toPattern, fromNumber, toNumber, approval, reason } = move;
  const approved = approval.decisions.map(({ operatorName }) => operatorName).join(', ');
  const isOpening = state === 'opening' || state === 'switching';
  return (
    <Section
      title={
        <>
          {t('item', { from, to: toPattern })} <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
        </>
      }
      description={<Timestamp at={move.createdAt} />}
      actions={mayCancel && isOpening ? <CancelMove id={id} /> : null}
    >
      <p className="mb-3 text-sm">
        {t('asked', { asked: approval.askedByName, approved })}
        <span className="block text-muted-foreground">{t('reason', { reason })}</span>
      </p>
      <Waits move={move} />
      <MoveFacts move={move} />
      {isLatest && fromNumber && state !== 'cancelled' ? (
        <details className="mt-3">
          <summary className="cursor-pointer text-link text-sm">{told('title')}</summary>
          <div className="mt-3 max-w-2xl">
            <Told
              told={{
                number: toNumber?.number ?? null,
                formerNumber: fromNumber.number,
                keepsForGood: fromNumber.isRoot,
                holder,
              }}
            />
          </div>
        </details>
      ) : null}
    </Section>
  );
}

const WAITS = [
  'in_flight',
  'wallet_not_open',
  'payment_pending',
  'arrival_missing',
  'credit_unconfirmed',
  'payment_returned',
  'debt_unpaid',
] as const;

function Waits({ move: { waitsFor: code, payments } }: { move: MoveRow }) {
  const t = useTranslations('patterns.moves.waits');
  const held = useHeldWords();
  if (!code) return null;
  const kept = payments.find(({ heldReason }) => heldReason === code);
  const known = WAITS.find((each) => each === code);
  return (
    <p role="status" className="mb-3 font-medium text-sm">
      {known ? t(known) : kept ? t('gate', { reason: held(code as HeldReason).short }) : t('other', { code })}
    </p>
  );
}

function MoveFacts({ move: { fromAccountId, fromNumber, toNumber, payments, asset } }: { move: MoveRow }) {
  const t = useTranslations('patterns.moves');
  const items: Detail[] = [
    ...(toNumber ? [{ label: t('newNumber'), value: <Clabe value={toNumber.number} /> }] : []),
    ...(fromNumber
      ? [
          {
            label: t('oldNumber'),
            value: (
              <>
                <Link href={to(`/account-numbers/${fromNumber.id}`)} className="text-link hover:underline">
                  <Clabe value={fromNumber.number} copy={false} />
                </Link>{' '}
                <Badge>
                  {t(
                    fromNumber.status === 'deleted'
                      ? 'oldGone'
                      : fromNumber.quarantineEndsAt
                        ? 'oldEnds'
                        : 'oldReceives',
                  )}
                </Badge>
              </>
            ),
          },
        ]
      : []),
    ...(payments.length > 0
      ? [
          {
            label: t('payments'),
            value: (
              <ul>
                {payments.map(({ id, amount, state, transferId, toAccountId }) => (
                  <li key={id} className="flex flex-wrap items-center gap-x-3 py-0.5">
                    <Money amount={amount} asset={asset} />
                    {transferId ? (
                      <Link href={to(`/deposits/${transferId}`)} className="text-link hover:underline">
                        {t(`payment.${state}`)}
                      </Link>
                    ) : (
                      t(`payment.${state}`)
                    )}
                    {toAccountId === fromAccountId ? (
                      <span className="text-muted-foreground">{t('back')}</span>
                    ) : null}
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
  ];
  return <DetailList items={items} />;
}

function CancelMove({ id }: { id: string }) {
  const t = useTranslations('patterns.moves.cancel');
  return (
    <ConfirmDialog
      action={cancelMoveAction}
      act="cancelMove"
      hidden={{ moveId: id }}
      trigger={t('trigger')}
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
      danger
      reason="required"
    />
  );
}
