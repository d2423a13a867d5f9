import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Documents } from '~/app/(console)/entities/[id]/documents';
import { KybSteps } from '~/app/(console)/entities/[id]/kyb-steps';
import { Shareholders } from '~/app/(console)/entities/[id]/shareholders';
import { useSlotName } from '~/app/(console)/entities/[id]/slot-name';
import { refreshOnboardingAction } from '~/app/(console)/entities/actions';
import { Form, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { documentSlots, isFromDashboard, isOver, takesDocuments } from '~/lib/entities/kyb';
import type { DraftSummary } from '~/lib/entities/kyb-drafts';
import { partOf } from '~/lib/entities/kyb-parts';
import { type Rejection, rejectionsOf } from '~/lib/entities/kyb-rejection';
import { documentOf } from '~/lib/entities/kyb-slots';
import type { EntityRecord } from '~/lib/entities/read';
import { can, type Role } from '~/lib/roles';

type OnboardingRecord = EntityRecord['onboardings'][number];

type KybProps = {
  entity: EntityRecord;
  onboarding: OnboardingRecord | null;
  draft: DraftSummary | null;
  role: Role;
  /** Whether what the file says of people is seen. */
  seen: boolean;
};

/** The KYB of an entity: how far it is, what is missing, and the next thing to do. */
export function Kyb({ entity, onboarding, draft, role, seen }: KybProps) {
  const t = useTranslations('entities.kyb');
  const earlier = entity.onboardings.filter(({ id }) => id !== onboarding?.id);
  return (
    <Section
      title={t('title')}
      description={onboarding ? t('description') : undefined}
      actions={
        onboarding && can(role, 'fintoc:sync') ? (
          <Form
            act="refresh_onboarding"
            action={refreshOnboardingAction}
            hidden={{ onboardingId: onboarding.id }}
            success={t('refreshed')}
          >
            <SubmitButton variant="secondary">
              <RefreshCw aria-hidden />
              {t('refresh')}
            </SubmitButton>
          </Form>
        ) : null
      }
    >
      <div className="grid gap-5">
        {onboarding ? (
          <Started entity={entity} onboarding={onboarding} draft={draft} role={role} seen={seen} />
        ) : (
          <NotStarted entity={entity} draft={draft} role={role} />
        )}
        {earlier.length > 0 ? <Earlier onboardings={earlier} /> : null}
      </div>
    </Section>
  );
}

function NotStarted({ entity, draft, role }: Pick<KybProps, 'entity' | 'draft' | 'role'>) {
  const t = useTranslations('entities.kyb');
  if (entity.isRoot) return <p className="text-muted-foreground text-sm">{t('root')}</p>;
  if (entity.status === 'operational') {
    return <p className="text-muted-foreground text-sm">{t('operational')}</p>;
  }
  if (entity.countryCode !== null && entity.countryCode !== 'mx') {
    return <Alert title={t('abroadTitle')}>{t('abroad')}</Alert>;
  }
  const writer = can(role, 'kyb:write');
  if (draft)
    return (
      <Drafted
        draft={draft}
        action={writer ? <Start entity={entity} label={t('continueDraft')} /> : undefined}
      />
    );
  return (
    <Alert
      tone="warning"
      title={t('noneTitle')}
      action={writer ? <Start entity={entity} label={t('start')} /> : undefined}
    >
      {writer ? t('none') : t('noneReadOnly')}
    </Alert>
  );
}

function Start({ entity, label }: { entity: EntityRecord; label: string }) {
  return (
    <Button asChild variant="primary">
      <Link href={`/entities/${entity.id}/onboarding`}>{label}</Link>
    </Button>
  );
}

/** What was typed and not sent yet, without a word of what it says. */
function Drafted({ draft, action }: { draft: DraftSummary; action: ReactNode }) {
  const t = useTranslations('entities.kyb');
  const { savedBy, savedAt, complete, parts } = draft;
  return (
    <Alert title={t('draftTitle', { complete, parts })} action={action}>
      {t.rich('draft', { name: savedBy, time: () => <Timestamp at={savedAt} /> })}
    </Alert>
  );
}

type StartedProps = Omit<KybProps, 'onboarding'> & { onboarding: OnboardingRecord };

function Started({ entity, onboarding, draft, role, seen }: StartedProps) {
  const t = useTranslations('entities.kyb');
  const { status, raw } = onboarding;
  const writer = can(role, 'kyb:write');
  const open = takesDocuments(onboarding);
  return (
    <>
      <KybSteps onboarding={onboarding} />
      <Outcome entity={entity} onboarding={onboarding} draft={draft} writer={writer} seen={seen} />
      {isOver(status) ? null : <Documents slots={documentSlots(raw)} seen={seen} />}
      {open && writer ? (
        <div className="flex justify-end">
          <Start entity={entity} label={t('goToDocuments')} />
        </div>
      ) : null}
      <Shareholders raw={raw} />
    </>
  );
}

type OutcomeProps = Pick<KybProps, 'entity' | 'draft' | 'seen'> & {
  onboarding: OnboardingRecord;
  writer: boolean;
};

/** What the state means, and what can be done about it. */
function Outcome({ entity, onboarding, draft, writer, seen }: OutcomeProps) {
  const t = useTranslations('entities.kyb');
  const { status, raw } = onboarding;
  if (isOver(status)) {
    const rejected = status === 'rejected';
    const again = <Start entity={entity} label={t(draft ? 'continueDraft' : 'startAgain')} />;
    return (
      <>
        <Alert
          tone={rejected ? 'danger' : 'neutral'}
          title={t(rejected ? 'rejectedTitle' : 'cancelledTitle')}
          action={writer ? again : undefined}
        >
          {rejected && seen ? <Reasons raw={raw} /> : null}
          {t(!rejected ? 'cancelled' : seen && rejectionsOf(raw).length > 0 ? 'rejectedTold' : 'rejected')}
        </Alert>
        {draft ? <Drafted draft={draft} action={undefined} /> : null}
      </>
    );
  }
  if (status === 'approved') {
    return (
      <Alert tone="success" title={t('approvedTitle')}>
        {t('approved')}
      </Alert>
    );
  }
  if (status === 'submitted') return <Alert title={t('reviewTitle')}>{t('review')}</Alert>;
  return isFromDashboard(raw) ? <Alert>{t('dashboard')}</Alert> : null;
}

/** Fintoc's own words, where it gives any, and what it says them of. */
function Reasons({ raw }: { raw: unknown }) {
  const t = useTranslations('entities');
  const nameOf = useSlotName();
  const rejections = rejectionsOf(raw);
  if (rejections.length === 0) return null;
  const placeOf = ({ field, document }: Rejection) => {
    const slot = documentSlots(raw).find((one) => documentOf(one) === document);
    const part = field === null ? null : partOf(field);
    return slot ? nameOf(slot) : part ? t(`wizard.steps.${part}`) : null;
  };
  return (
    <ul className="mb-1.5 grid gap-0.5">
      {rejections.map((rejection) => (
        <li key={JSON.stringify(rejection)} className="font-medium">
          {[placeOf(rejection), t('form.quoted', { reason: rejection.reason })].filter(Boolean).join(': ')}
        </li>
      ))}
    </ul>
  );
}

function Earlier({ onboardings }: { onboardings: readonly OnboardingRecord[] }) {
  const t = useTranslations('entities.kyb');
  return (
    <div>
      <h3 className="mb-2 font-medium text-sm">{t('history')}</h3>
      <ul className="grid gap-1.5">
        {onboardings.map(({ id, status, reviewedAt, createdAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <StatusBadge kind="onboarding" status={status} />
            <Timestamp at={reviewedAt ?? createdAt} className="text-muted-foreground" />
            <span className="font-mono text-muted-foreground text-xs">{id}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
