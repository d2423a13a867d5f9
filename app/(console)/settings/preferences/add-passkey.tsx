'use client';

import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { Fingerprint } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addPasskeyAction, beginPasskeyAction } from '~/app/(console)/settings/preferences/actions';
import { CodesShown } from '~/app/(console)/settings/preferences/recovery-codes';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';
import { Input } from '~/components/ui/input';
import { toast } from '~/components/ui/toast';

/** Has the device make a passkey, which is then given a name: who removes one later has to know which it is. */
export function AddPasskey() {
  const t = useTranslations('settings.preferences.factor');
  const common = useTranslations('common');
  const [made, setMade] = useState<string | null>(null);
  const [codes, setCodes] = useState<string | null>(null);

  async function make(options: string) {
    try {
      const optionsJSON = JSON.parse(options) as PublicKeyCredentialCreationOptionsJSON;
      const { startRegistration } = await import('@simplewebauthn/browser');
      setMade(JSON.stringify(await startRegistration({ optionsJSON })));
    } catch {
      toast.error(t('passkeyOff'));
    }
  }

  return (
    <>
      <ConfirmDialog
        act="begin_passkey"
        action={beginPasskeyAction}
        trigger={
          <>
            <Fingerprint aria-hidden />
            {t('addPasskey')}
          </>
        }
        title={t('addPasskey')}
        consequence={t('addPasskeyHint')}
        confirm={t('next')}
        onDone={({ secret }) => void make(secret ?? '')}
      />
      <Dialog open={made !== null} onOpenChange={(open) => (open ? undefined : setMade(null))}>
        <DialogContent title={t('nameTitle')} description={t('nameHint')}>
          <Form
            act="add_passkey"
            action={addPasskeyAction}
            hidden={{ response: made ?? '' }}
            success={t('added')}
            onSuccess={({ secret = null }) => {
              setMade(null);
              setCodes(secret);
            }}
          >
            <Field name="name" label={t('name')} required>
              <Input autoComplete="off" maxLength={60} />
            </Field>
            <DialogFooter>
              <DialogClose asChild>
                <Button>{common('cancel')}</Button>
              </DialogClose>
              <SubmitButton>{t('save')}</SubmitButton>
            </DialogFooter>
          </Form>
        </DialogContent>
      </Dialog>
      <CodesShown codes={codes} onClose={() => setCodes(null)} />
    </>
  );
}
