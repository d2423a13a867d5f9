import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';
import { FREEZE_DIRECTIONS } from '~/lib/wallets/frozen';

const DAYS = [1, 3, 7, 15, 30, 90, 180, 365];

/** What a freeze stops, for how long, and what becomes of the deposits that it stops where there is a choice. */
export function FreezeFields({ deposits }: { deposits: 'choice' | 'fixed' }) {
  const t = useTranslations('wallets.actions.freeze');
  return (
    <>
      <Field name="direction" label={t('direction')} required group>
        <RadioGroup
          defaultValue="both"
          options={FREEZE_DIRECTIONS.toReversed().map((value) => ({
            value,
            label: t(`directions.${value}`),
            description: t(`directionHints.${value}`),
          }))}
        />
      </Field>
      <Field name="days" label={t('until')} hint={t('untilHint')}>
        <Select
          placeholder={t('untilLifted')}
          options={DAYS.map((days) => ({ value: String(days), label: t('days', { days }) }))}
        />
      </Field>
      {deposits === 'choice' ? (
        <Field name="deposits" label={t('deposits')} required group>
          <RadioGroup
            defaultValue="refuse"
            options={[
              { value: 'refuse', label: t('refuse'), description: t('refuseHint') },
              { value: 'suspend', label: t('suspend'), description: t('suspendHint') },
            ]}
          />
        </Field>
      ) : null}
    </>
  );
}
