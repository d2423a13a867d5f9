'use client';

import { Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SecretShown } from '~/app/(console)/settings/keys/secret-shown';
import {
  removeEndpointAction,
  resendSinceAction,
  rotateSecretAction,
  sendTestAction,
  switchEndpointAction,
} from '~/app/(console)/settings/webhooks/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { Select } from '~/components/ui/select';

/** What an admin may do with an endpoint. */
export function EndpointActions({ id, name, on }: { id: string; name: string; on: boolean }) {
  const t = useTranslations('webhooks');
  const [secret, setSecret] = useState<string | null>(null);
  const hidden = { endpointId: id };
  return (
    <div className="flex flex-wrap gap-2">
      {on ? (
        <Form act="send_test" action={sendTestAction} hidden={hidden} success={t('test.done')}>
          <SubmitButton variant="secondary">
            <Send aria-hidden />
            {t('test.trigger')}
          </SubmitButton>
        </Form>
      ) : null}
      <ResendSince hidden={hidden} />
      <ConfirmDialog
        act="rotate_secret"
        action={rotateSecretAction}
        hidden={hidden}
        trigger={t('rotate.trigger')}
        title={t('rotate.title', { name })}
        consequence={t('rotate.hint')}
        confirm={t('rotate.confirm')}
        success={t('rotate.done')}
        onDone={({ secret: made }) => setSecret(made ?? null)}
      >
        <Field name="overlapHours" label={t('rotate.overlap')} required>
          <Select
            defaultValue="24"
            options={(['0', '24', '168'] as const).map((value) => ({
              value,
              label: t(`rotate.hours.${value}`),
            }))}
          />
        </Field>
      </ConfirmDialog>
      <Switch hidden={hidden} name={name} on={on} />
      <ConfirmDialog
        act="remove_endpoint"
        action={removeEndpointAction}
        hidden={hidden}
        trigger={t('remove.trigger')}
        title={t('remove.title', { name })}
        consequence={t('remove.hint')}
        confirm={t('remove.confirm')}
        danger
      />
      <SecretShown secret={secret} onClose={() => setSecret(null)} />
    </div>
  );
}

function Switch({ hidden, name, on }: { hidden: { endpointId: string }; name: string; on: boolean }) {
  const t = useTranslations(on ? 'webhooks.off' : 'webhooks.on');
  return (
    <ConfirmDialog
      action={switchEndpointAction}
      act={on ? 'off' : 'on'}
      hidden={{ ...hidden, to: on ? 'off' : 'on' }}
      trigger={t('trigger')}
      title={t('title', { name })}
      consequence={t('hint')}
      confirm={t('confirm')}
      success={t('done')}
    />
  );
}

function ResendSince({ hidden }: { hidden: { endpointId: string } }) {
  const t = useTranslations('webhooks.resend');
  return (
    <ConfirmDialog
      act="resend_since"
      action={resendSinceAction}
      hidden={hidden}
      trigger={t('trigger')}
      title={t('title')}
      consequence={t('hint')}
      confirm={t('confirm')}
      success={t('done')}
    >
      <Field name="since" label={t('since')} required>
        <Select
          defaultValue="24"
          options={(['1', '24', '72', '168'] as const).map((value) => ({
            value,
            label: t(`hours.${value}`),
          }))}
        />
      </Field>
    </ConfirmDialog>
  );
}
