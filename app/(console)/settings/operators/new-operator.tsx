import { UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { inviteOperatorAction } from '~/app/(console)/settings/operators/actions';
import { LinkDialog } from '~/app/(console)/settings/operators/link-dialog';
import type { RoleOption } from '~/app/(console)/settings/operators/role-options';
import { LOCALES } from '~/app/messages/load';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';

/** Invites somebody, and shows the link to hand over. */
export function NewOperator({ roles }: { roles: readonly RoleOption[] }) {
  const t = useTranslations('settings.operators');
  const languages = useTranslations('nav.language');
  return (
    <LinkDialog
      act="invite_operator"
      action={inviteOperatorAction}
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
      linkHint={t('link.invitationHint')}
    >
      <Field name="name" label={t('name')} required>
        <Input autoComplete="off" maxLength={120} />
      </Field>
      <Field name="email" label={t('email')} required>
        <Input type="email" autoComplete="off" maxLength={254} />
      </Field>
      <Field name="role" label={t('role')} required>
        <Select options={roles} defaultValue="operator" />
      </Field>
      <Field name="locale" label={t('language')} required>
        <Select options={LOCALES.map((value) => ({ value, label: languages(value) }))} />
      </Field>
    </LinkDialog>
  );
}
