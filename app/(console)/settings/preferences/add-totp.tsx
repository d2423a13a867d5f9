'use client';

import { Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addTotpAction, setUpTotpAction } from '~/app/(console)/settings/preferences/actions';
import { CodesShown } from '~/app/(console)/settings/preferences/recovery-codes';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { TotpSecret } from '~/components/layout/totp-secret';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';
import { Input } from '~/components/ui/input';

/** Sets up an authenticator app: what it reads first, then its first code, then the codes for who loses it. */
export function AddTotp() {
  const t = useTranslations('settings.preferences.factor');
  const common = useTranslations('common');
  const [uri, setUri] = useState<string | null>(null);
  const [codes, setCodes] = useState<string | null>(null);
  return (
    <>
      <ConfirmDialog
        act="set_up_totp"
        action={setUpTotpAction}
        trigger={
          <>
            <Smartphone aria-hidden />
            {t('addTotp')}
          </>
        }
        title={t('addTotp')}
        consequence={t('addTotpHint')}
        confirm={t('next')}
        onDone={({ secret = null }) => setUri(secret)}
      />
      <Dialog open={uri !== null} onOpenChange={(open) => (open ? undefined : setUri(null))}>
        <DialogContent title={t('scanTitle')} description={t('scanHint')}>
          <TotpSecret uri={uri} />
          <Form
            act="add_totp"
            action={addTotpAction}
            success={t('added')}
            onSuccess={({ secret = null }) => {
              setUri(null);
              setCodes(secret);
            }}
          >
            <Field name="code" label={t('code')} hint={t('codeHint')} required>
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={10} className="font-mono" />
            </Field>
            <DialogFooter>
              <DialogClose asChild>
                <Button>{common('cancel')}</Button>
              </DialogClose>
              <SubmitButton>{t('confirmTotp')}</SubmitButton>
            </DialogFooter>
          </Form>
        </DialogContent>
      </Dialog>
      <CodesShown codes={codes} onClose={() => setCodes(null)} />
    </>
  );
}
