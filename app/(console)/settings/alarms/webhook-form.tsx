'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { rotateAlarmSecretAction, setAlarmWebhookAction } from '~/app/(console)/settings/alarms/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Identifier } from '~/components/record/identifier';
import { Alert } from '~/components/ui/alert';
import { Input } from '~/components/ui/input';

/** Where alarms are posted. What signs them is shown once, right after it was made. */
export function WebhookForm({ url }: { url: string | null }) {
  const t = useTranslations('alarms.webhook');
  const [secret, setSecret] = useState<string | null>(null);
  const show = ({ secret: made }: { secret?: string }) => setSecret(made ?? null);
  return (
    <div className="grid gap-4">
      <Form act="set_alarm_webhook" action={setAlarmWebhookAction} success={t('saved')} onSuccess={show}>
        <Field name="url" label={t('url')} hint={t('urlHint')}>
          <Input key={url} type="url" autoComplete="off" maxLength={2_000} defaultValue={url ?? ''} />
        </Field>
        <FormActions>
          <SubmitButton>{t('save')}</SubmitButton>
        </FormActions>
      </Form>
      {secret ? (
        <Alert tone="warning" title={t('secretTitle')} role="status">
          <Identifier value={secret} className="my-1.5" />
          <p>{t('secretHint')}</p>
        </Alert>
      ) : null}
      {url ? (
        <Form act="rotate_alarm_secret" action={rotateAlarmSecretAction} onSuccess={show}>
          <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-4">
            <p className="max-w-xl text-pretty text-muted-foreground text-sm">{t('newSecretHint')}</p>
            <SubmitButton variant="secondary">{t('newSecret')}</SubmitButton>
          </div>
        </Form>
      ) : null}
    </div>
  );
}
