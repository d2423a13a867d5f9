import { BadgeCheck, Ban, Sparkles, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AddBeneficiary } from '~/app/(console)/customers/[id]/add-beneficiary';
import { removeBeneficiaryAction, verifyBeneficiaryAction } from '~/app/(console)/customers/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Offers } from '~/components/form/offers';
import { Section } from '~/components/layout/section';
import { HolderTold } from '~/components/money/holder-told';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { useHeldWords } from '~/components/words/held-words';
import { useReasons } from '~/components/words/reason-words';
import type { BeneficiaryRow } from '~/lib/beneficiaries/read';
import type { DestinationKind, Institution } from '~/lib/rails/destination';
import type { TimelineItem } from '~/lib/timeline';

type CustomerBeneficiariesProps = {
  customerId: string;
  beneficiaries: readonly BeneficiaryRow[];
  /** Whether there are more than are shown. */
  hasMore: boolean;
  /** What the rails here pay to. */
  kinds: readonly DestinationKind[];
  /** And the banks that may have to be named with it. */
  banks: readonly Institution[];
  maySave: boolean;
  mayVerify: boolean;
  /** What happened to the customer, and so to whom they pay. */
  timeline: readonly TimelineItem[];
};

/** Whom a customer pays, with what each one's bank says of whose account it is. */
export function CustomerBeneficiaries(props: CustomerBeneficiariesProps) {
  const { customerId, beneficiaries, hasMore, kinds, banks, maySave, mayVerify, timeline } = props;
  const t = useTranslations('customers.beneficiaries');
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={maySave ? <AddBeneficiary customerId={customerId} kinds={kinds} banks={banks} /> : null}
    >
      <Offers
        standing={Object.fromEntries(beneficiaries.map((each) => [each.id, standingOf(each)]))}
        timeline={timeline.filter(({ kind }) => kind.startsWith('beneficiary.'))}
      >
        {beneficiaries.length === 0 ? (
          <p className="text-muted-foreground text-sm">{t('none')}</p>
        ) : (
          <ul className="-my-3 divide-y">
            {beneficiaries.map((beneficiary) => (
              <li key={beneficiary.id} className="grid gap-1.5 py-3 text-sm">
                <Who beneficiary={beneficiary} />
                <Verification of={beneficiary} />
                <div className="flex flex-wrap gap-2">
                  {mayVerify && beneficiary.canVerify && !beneficiary.isBlocked ? (
                    <Verify beneficiary={beneficiary} />
                  ) : null}
                  {maySave ? <Remove beneficiary={beneficiary} /> : null}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Offers>
      {hasMore ? <p className="mt-3 text-muted-foreground text-sm">{t('more')}</p> : null}
    </Section>
  );
}

function standingOf({ verification, isBlocked }: BeneficiaryRow): string {
  return `${verification?.id} ${verification?.endedAt !== null} ${isBlocked}`;
}

function Who({ beneficiary }: { beneficiary: BeneficiaryRow }) {
  const t = useTranslations('customers.beneficiaries');
  const { name, destination, bank, isFirst, isBlocked } = beneficiary;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="min-w-0 break-words font-medium">{name}</span>
      {isBlocked ? (
        <Badge tone="danger" icon={Ban}>
          {t('blocked')}
        </Badge>
      ) : null}
      {isFirst ? (
        <Badge tone="info" icon={Sparkles}>
          {t('first')}
        </Badge>
      ) : null}
      <span className="flex w-full flex-wrap items-center gap-x-2 text-muted-foreground">
        {bank ? <span>{bank}</span> : null}
        <ProtectedClabe value={destination} />
      </span>
    </div>
  );
}

const BADGES = {
  ...{ queued: 'pending', sent: 'pending', pending: 'pending', succeeded: 'succeeded' },
  ...{ failed: 'failed', refused: 'failed', unanswered: 'failed' },
} as const;

function Verification({ of: { verification } }: { of: BeneficiaryRow }) {
  const t = useTranslations('customers.beneficiaries');
  const heldWords = useHeldWords();
  const reasonOf = useReasons();
  if (!verification) return <p className="text-muted-foreground">{t('notVerified')}</p>;
  const { state, holderName, score, verdict, reason, heldReason, endedAt } = verification;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <StatusBadge kind="verification" status={BADGES[state]} />
      {state === 'succeeded' ? <HolderTold holderName={holderName} score={score} verdict={verdict} /> : null}
      {heldReason && state !== 'succeeded' ? (
        <span className="text-muted-foreground">{t('held', { why: heldWords(heldReason).short })}</span>
      ) : null}
      {reason ? <span className="min-w-0 break-words">{reasonOf(reason).why}</span> : null}
      {endedAt ? (
        <span className="text-muted-foreground">
          <Timestamp at={endedAt} />
        </span>
      ) : null}
    </div>
  );
}

function Verify({ beneficiary: { id, name, verification } }: { beneficiary: BeneficiaryRow }) {
  const t = useTranslations('customers.beneficiaries.verify');
  if (verification && !verification.endedAt) return null;
  return (
    <ConfirmDialog
      action={verifyBeneficiaryAction}
      act="verify"
      about={id}
      hidden={{ beneficiaryId: id }}
      trigger={
        <>
          <BadgeCheck aria-hidden />
          {t(verification ? 'again' : 'trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
    />
  );
}

function Remove({ beneficiary: { id, name } }: { beneficiary: BeneficiaryRow }) {
  const t = useTranslations('customers.beneficiaries.remove');
  return (
    <ConfirmDialog
      action={removeBeneficiaryAction}
      act="remove"
      about={id}
      hidden={{ beneficiaryId: id }}
      trigger={
        <>
          <Trash2 aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
    />
  );
}
