'use client';

import { useTranslations } from 'next-intl';
import { setPasswordByLinkAction } from '~/app/login/link/[token]/actions';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { Input } from '~/components/ui/input';

/** A first or new password, under the link that was handed over. */
export function PasswordByLink({ token, email }: { token: string; email: string }) {
  const t = useTranslations('login.link');
  const operators = useTranslations('settings.operators');
  return (
    <Form act="set_password_by_link" action={setPasswordByLinkAction} hidden={{ token }} success={t('done')}>
      {/* For password managers, which keep one per address. */}
      <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field name="newPassword" label={t('password')} hint={operators('passwordHint')} required>
        <Input type="password" autoComplete="new-password" minLength={12} maxLength={1000} />
      </Field>
      <Field name="repeatedPassword" label={t('repeated')} required>
        <Input type="password" autoComplete="new-password" minLength={12} maxLength={1000} />
      </Field>
      <SubmitButton size="lg" className="mt-1 w-full">
        {t('submit')}
      </SubmitButton>
    </Form>
  );
}
