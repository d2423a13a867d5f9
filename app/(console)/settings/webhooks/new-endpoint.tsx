'use client';

import { useTranslations } from 'next-intl';
import { SecretForm } from '~/app/(console)/settings/keys/secret-form';
import { createEndpointAction } from '~/app/(console)/settings/webhooks/actions';
import { EndpointFields } from '~/app/(console)/settings/webhooks/endpoint-fields';

/** Sets up an endpoint, and shows its secret once. */
export function NewEndpoint() {
  const t = useTranslations('webhooks.new');
  return (
    <SecretForm act="create_endpoint" action={createEndpointAction} made={t('made')} submit={t('submit')}>
      <EndpointFields />
    </SecretForm>
  );
}
