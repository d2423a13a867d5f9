import { UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { askForGuestAction } from '~/app/(console)/settings/guests/actions';
import { LinkDialog } from '~/app/(console)/settings/operators/link-dialog';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import { GUEST_HOURS } from '~/lib/people/sessions';

/** Asks for a link that lets somebody from outside read, and shows it. */
export function NewGuest() {
  const t = useTranslations('settings.guests');
  return (
    <LinkDialog
      act="ask_for_guest"
      action={askForGuestAction}
      trigger={
        <>
          <UserPlus aria-hidden />
          {t('new')}
        </>
      }
      triggerVariant="primary"
      title={t('newTitle')}
      consequence={t('newHint')}
      confirm={t('newConfirm')}
      success={t('created')}
      linkHint={t('linkHintUnnamed')}
      reason="required"
    >
      <Field name="name" label={t('name')} hint={t('nameHint')} required>
        <Input autoComplete="off" maxLength={120} />
      </Field>
      <Field name="hours" label={t('hours')} required>
        <Select
          options={GUEST_HOURS.map((hours) => ({ value: String(hours), label: t('hoursOption', { hours }) }))}
          defaultValue="24"
        />
      </Field>
    </LinkDialog>
  );
}
