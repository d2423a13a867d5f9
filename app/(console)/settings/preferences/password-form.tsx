import { useTranslations } from 'next-intl';
import { changePasswordAction } from '~/app/(console)/settings/preferences/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { Input } from '~/components/ui/input';

/** An operator's own password, changed by who knows it. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('settings.preferences.password');
  const operators = useTranslations('settings.operators');
  return (
    <Section title={t('title')} description={t('description')} className="max-w-xl">
      <Form act="change_password" action={changePasswordAction} success={t('saved')}>
        {/* For password managers, which keep one per address. */}
        <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
        <Field name="currentPassword" label={t('current')} required>
          <Input type="password" autoComplete="current-password" maxLength={1000} />
        </Field>
        <Field name="newPassword" label={t('new')} hint={operators('passwordHint')} required>
          <Input type="password" autoComplete="new-password" minLength={12} maxLength={1000} />
        </Field>
        <Field name="repeatedPassword" label={t('repeated')} required>
          <Input type="password" autoComplete="new-password" minLength={12} maxLength={1000} />
        </Field>
        <FormActions>
          <SubmitButton>{t('save')}</SubmitButton>
        </FormActions>
      </Form>
    </Section>
  );
}
