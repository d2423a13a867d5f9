import { RefreshCw } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Documents } from '~/app/(console)/entities/[id]/documents';
import type { EntityRecord } from '~/app/(console)/entities/[id]/facts';
import { KybSteps } from '~/app/(console)/entities/[id]/kyb-steps';
import { Shareholders } from '~/app/(console)/entities/[id]/shareholders';
import { refreshOnboardingAction, submitOnboardingAction } from '~/app/(console)/entities/actions';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { Form, SubmitButton } from '~/components/form';
import { Section } from '~/components/section';
import { StatusBadge } from '~/components/status-badge';
import { Timestamp } from '~/components/timestamp';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { documentSlots, isFromDashboard, isOver, takesDocuments } from '~/lib/kyb';
import { can, type RoleName } from '~/lib/roles';

type OnboardingRecord = EntityRecord['onboardings'][number];

type KybProps = {
  entity: EntityRecord;
  onboarding: OnboardingRecord | null;
  role: RoleName;
  /** Whether what the file says of people is seen. */
  seen: boolean;
};

/** The KYB of an entity: how far it is, what is missing, and the next thing to do. */
export function Kyb({ entity, onboarding, role, seen }: KybProps) {
  const t = useTranslations('entities.kyb');
  const earlier = entity.onboardings.filter(({ id }) => id !== onboarding?.id);
  return (
    <Section
      title={t('title')}
      description={onboarding ? t('description') : undefined}
      actions={
        onboarding && can(role, 'fintoc:sync') ? (
          <Form
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
          <Started entity={entity} onboarding={onboarding} role={role} seen={seen} />
        ) : (
          <NotStarted entity={entity} role={role} />
        )}
        {earlier.length > 0 ? <Earlier onboardings={earlier} /> : null}
      </div>
    </Section>
  );
}

function NotStarted({ entity, role }: { entity: EntityRecord; role: RoleName }) {
  const t = useTranslations('entities.kyb');
  if (entity.isRoot) return <p className="text-muted-foreground text-sm">{t('root')}</p>;
  if (entity.status === 'operational') {
    return <p className="text-muted-foreground text-sm">{t('operational')}</p>;
  }
  if (entity.countryCode !== null && entity.countryCode !== 'mx') {
    return <Alert title={t('abroadTitle')}>{t('abroad')}</Alert>;
  }
  const writer = can(role, 'kyb:write');
  return (
    <Alert tone="warning" title={t('noneTitle')} action={writer ? <Start entity={entity} /> : undefined}>
      {writer ? t('none') : t('noneReadOnly')}
    </Alert>
  );
}

function Start({ entity, again = false }: { entity: EntityRecord; again?: boolean }) {
  const t = useTranslations('entities.kyb');
  return (
    <Button asChild variant="primary">
      <Link href={`/entities/${entity.id}/onboarding` as Route}>{t(again ? 'startAgain' : 'start')}</Link>
    </Button>
  );
}

type StartedProps = Omit<KybProps, 'onboarding'> & { onboarding: OnboardingRecord };

function Started({ entity, onboarding, role, seen }: StartedProps) {
  const { status, raw } = onboarding;
  const writer = can(role, 'kyb:write');
  const open = takesDocuments(onboarding);
  return (
    <>
      <KybSteps onboarding={onboarding} />
      <Outcome entity={entity} onboarding={onboarding} writer={writer} />
      {isOver(status) ? null : (
        <Documents
          onboardingId={onboarding.id}
          slots={documentSlots(raw)}
          writable={open && writer}
          seen={seen}
        />
      )}
      <Shareholders raw={raw} seen={seen} />
      {open && writer ? <Submit name={entity.holderName} onboarding={onboarding} /> : null}
    </>
  );
}

type OutcomeProps = { entity: EntityRecord; onboarding: OnboardingRecord; writer: boolean };

/** What the state means, and what can be done about it. */
function Outcome({ entity, onboarding, writer }: OutcomeProps) {
  const t = useTranslations('entities.kyb');
  const { status, raw } = onboarding;
  if (isOver(status)) {
    const rejected = status === 'rejected';
    return (
      <Alert
        tone={rejected ? 'danger' : 'neutral'}
        title={t(rejected ? 'rejectedTitle' : 'cancelledTitle')}
        action={writer ? <Start entity={entity} again /> : undefined}
      >
        {t(rejected ? 'rejected' : 'cancelled')}
      </Alert>
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

function Submit({ name, onboarding }: { name: string; onboarding: OnboardingRecord }) {
  const t = useTranslations('entities.submit');
  const missing = documentSlots(onboarding.raw).filter(({ state }) => state !== 'received').length;
  if (onboarding.submittable) {
    return (
      <Bar>
        <ConfirmDialog
          action={submitOnboardingAction}
          hidden={{ onboardingId: onboarding.id }}
          trigger={t('action')}
          triggerVariant="primary"
          title={t('title', { name })}
          consequence={t('consequence')}
          confirm={t('action')}
          success={t('done')}
        />
      </Bar>
    );
  }
  return (
    <Bar>
      <p id="why-not-submittable" className="text-muted-foreground text-sm">
        {missing > 0 ? t('missing', { count: missing }) : t('notYet')}
      </p>
      <Button variant="primary" disabled aria-describedby="why-not-submittable">
        {t('action')}
      </Button>
    </Bar>
  );
}

function Bar({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 border-t pt-4">{children}</div>
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
