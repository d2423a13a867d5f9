'use client';

import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import { STEP_ROLES } from '~/lib/approvals/rule-words';
import type { Steps } from '~/lib/approvals/steps';

/** Whom it takes: so many people, and if it needs them, so many more after them. */
export function RuleSteps({ steps }: { steps: Steps | undefined }) {
  const t = useTranslations('settings.rules');
  const [first, then] = steps ?? [{ people: 1 }];
  const roles = STEP_ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }));
  return (
    <fieldset className="border-t pt-4">
      <legend className="sr-only">{t('steps')}</legend>
      <div aria-hidden className="font-semibold text-sm">
        {t('steps')}
      </div>
      <p className="text-muted-foreground text-sm">{t('stepsHint')}</p>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <Field name="people" label={t('peopleCount')} required>
          <Input inputMode="numeric" maxLength={1} defaultValue={first?.people ?? 1} />
        </Field>
        <Field name="role" label={t('roleOf')}>
          <Select defaultValue={first?.role ?? ''} placeholder={t('roles.any')} options={roles} />
        </Field>
        <Field name="morePeople" label={t('morePeople')}>
          <Input inputMode="numeric" maxLength={1} defaultValue={then?.people} />
        </Field>
        <Field name="moreRole" label={t('moreRole')}>
          <Select defaultValue={then?.role ?? ''} placeholder={t('roles.any')} options={roles} />
        </Field>
      </div>
    </fieldset>
  );
}
