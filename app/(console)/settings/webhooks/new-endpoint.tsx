'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LOST, SecretShown } from '~/app/(console)/settings/keys/secret-shown';
import { createEndpointAction } from '~/app/(console)/settings/webhooks/actions';
import { EndpointFields } from '~/app/(console)/settings/webhooks/endpoint-fields';
import { Form, FormActions, SubmitButton } from '~/components/form/form';

/** Sets up an endpoint, and shows its secret once. */
export function NewEndpoint() {
  const t = useTranslations('webhooks.new');
  const [secret, setSecret] = useState<string | null>(null);
  const [serial, setSerial] = useState(0);
  return (
    <>
      <Form
        key={serial}
        action={createEndpointAction}
        success={t('made')}
        onSuccess={({ secret: made }) => setSecret(made ?? LOST)}
      >
        <EndpointFields />
        <FormActions>
          <SubmitButton>{t('submit')}</SubmitButton>
        </FormActions>
      </Form>
      <SecretShown
        secret={secret}
        onClose={() => {
          setSecret(null);
          // The form is empty again: another endpoint is another wish.
          setSerial(serial + 1);
        }}
      />
    </>
  );
}
