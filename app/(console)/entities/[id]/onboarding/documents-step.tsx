import { useTranslations } from 'next-intl';
import { DocumentUpload } from '~/app/(console)/entities/[id]/onboarding/document-upload';
import { submitOnboardingAction } from '~/app/(console)/entities/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Card } from '~/components/ui/card';
import { documentSlots } from '~/lib/entities/kyb';
import { rejectionsOf } from '~/lib/entities/kyb-rejection';
import { documentOf } from '~/lib/entities/kyb-slots';
import type { EntityRecord } from '~/lib/entities/read';

type DocumentsStepProps = { entity: EntityRecord; onboarding: EntityRecord['onboardings'][number] };

/** The last step: every document at once, and the whole file on its way to the review. */
export function DocumentsStep({ entity, onboarding }: DocumentsStepProps) {
  const slots = documentSlots(onboarding.raw);
  const earlier = entity.onboardings.filter(({ id }) => id !== onboarding.id);
  const before = earlier.flatMap(({ raw }) => documentSlots(raw)).toReversed();
  const rejections = earlier.slice(0, 1).flatMap(({ raw }) => rejectionsOf(raw));
  return (
    <div className="grid gap-5">
      <DocumentUpload
        entityId={entity.id}
        onboardingId={onboarding.id}
        slots={slots}
        earlier={Object.fromEntries(
          before.flatMap((slot) => (slot.fileName ? [[documentOf(slot), slot.fileName]] : [])),
        )}
        rejected={Object.fromEntries(
          rejections.flatMap(({ document, reason }) => (document ? [[document, reason]] : [])),
        )}
      />
      <Submit
        name={entity.holderName}
        onboarding={onboarding}
        missing={slots.filter(({ state }) => state !== 'received').length}
      />
    </div>
  );
}

type SubmitProps = { name: string; onboarding: { id: string; submittable: boolean }; missing: number };

function Submit({ name, onboarding, missing }: SubmitProps) {
  const t = useTranslations('entities.submit');
  if (!onboarding.submittable)
    return (
      <p className="border-t pt-4 text-muted-foreground text-sm">
        {missing > 0 ? t('missing', { count: missing }) : t('notYet')}
      </p>
    );
  return (
    <Card className="flex flex-wrap items-center justify-between gap-4 border-success/25 bg-success-soft p-4">
      <span className="min-w-0 text-sm">
        <span className="block font-medium">{t('ready')}</span>
        <span className="text-foreground/85">{t('consequence')}</span>
      </span>
      <ConfirmDialog
        act="submit_onboarding"
        action={submitOnboardingAction}
        hidden={{ onboardingId: onboarding.id }}
        trigger={t('action')}
        triggerVariant="primary"
        title={t('title', { name })}
        consequence={t('consequence')}
        confirm={t('action')}
        success={t('done')}
      />
    </Card>
  );
}
