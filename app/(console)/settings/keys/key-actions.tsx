'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { revokeKeyAction, rotateKeyAction } from '~/app/(console)/settings/keys/actions';
import { SecretShown } from '~/app/(console)/settings/keys/secret-shown';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Select } from '~/components/ui/select';

/** What an admin may do with a key that has not ended. `waits`: a new secret of it waits for a second person. */
export function KeyActions({ id, name, waits }: { id: string; name: string; waits: boolean }) {
  const t = useTranslations('apiKeys');
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <span className="inline-flex flex-wrap gap-2 py-1 sm:justify-end">
      <ConfirmDialog
        act="rotate_key"
        action={rotateKeyAction}
        hidden={{ keyId: id }}
        trigger={
          <>
            {t('rotate.trigger')}
            <span className="sr-only">: {name}</span>
          </>
        }
        title={t('rotate.title', { name })}
        consequence={t(waits ? 'rotate.waitsHint' : 'rotate.hint')}
        confirm={t('rotate.confirm')}
        success={t(waits ? 'rotate.waits' : 'rotate.done')}
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
      <ConfirmDialog
        act="revoke_key"
        action={revokeKeyAction}
        hidden={{ keyId: id }}
        trigger={
          <>
            {t('revoke.trigger')}
            <span className="sr-only">: {name}</span>
          </>
        }
        title={t('revoke.title', { name })}
        consequence={t('revoke.hint')}
        confirm={t('revoke.confirm')}
        success={t('revoke.done')}
        reason="required"
        danger
      />
      <SecretShown secret={secret} onClose={() => setSecret(null)} />
    </span>
  );
}
