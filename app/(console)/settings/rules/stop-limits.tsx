import { useTranslations } from 'next-intl';
import { changeStopLimitsAction } from '~/app/(console)/settings/rules/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Input } from '~/components/ui/input';
import type { StopLimits } from '~/lib/stops/limits';

const LIMITS = ['returns', 'failures', 'allReturns', 'allFailures', 'breaks'] as const;

/** From how many of each payouts stop by themselves. */
export function StopLimitList({ limits }: { limits: StopLimits }) {
  const t = useTranslations('settings.rules.stops');
  const facts: Detail[] = LIMITS.map((which) => {
    const count = limits[which];
    return { label: t(which), value: count === null ? t('never') : t(`from.${which}`, { count }) };
  });
  return <DetailList items={facts} />;
}

/** Asks for other numbers; left empty, never. */
export function StopLimitForm({ limits }: { limits: StopLimits }) {
  const t = useTranslations('settings.rules.stops');
  return (
    <Form act="change_stop_limits" action={changeStopLimitsAction} success={t('asked')}>
      <div className="grid gap-4 sm:grid-cols-2">
        {LIMITS.map((which) => (
          <Field key={which} name={which} label={t(which)} hint={t('hint')}>
            <Input inputMode="numeric" maxLength={6} defaultValue={limits[which] ?? ''} />
          </Field>
        ))}
      </div>
      <FormActions>
        <SubmitButton>{t('ask')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
