'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { uploadBatchAction } from '~/app/(console)/withdrawals/batches/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Lookup } from '~/components/form/lookup-fields';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';

type Payer = { id: string; name: string };

/** A file, and who pays what no column says otherwise. */
export function UploadForm({ paidBy }: { paidBy: Payer | null }) {
  const t = useTranslations('batches.new');
  const common = useTranslations('common');
  const [wallet, setWallet] = useState(paidBy);
  return (
    <Card className="p-4 sm:p-5">
      <Form action={uploadBatchAction} hidden={{ asset: 'MXN' }}>
        <Field name="file" label={t('file')} hint={t('fileHint')} required>
          <Input
            type="file"
            accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            className="h-auto py-2 max-sm:h-auto max-sm:py-2.5"
          />
        </Field>
        <Field name="walletId" label={t('wallet')} hint={t('walletHint')} group>
          {wallet ? (
            <p role="status" className="flex flex-wrap items-center justify-between gap-2 text-sm">
              <span className="font-medium">{t('chosen', { wallet: wallet.name })}</span>
              <Button type="button" size="sm" onClick={() => setWallet(null)}>
                {t('clear')}
              </Button>
              <input type="hidden" name="walletId" value={wallet.id} />
            </p>
          ) : (
            <Lookup
              source="/api/wallets"
              search={t('walletSearch')}
              label={t('wallet')}
              chosen={undefined}
              onChoose={({ value, label }) => setWallet({ id: value, name: label })}
              short
            />
          )}
        </Field>
        <FormActions>
          <Button asChild>
            <Link href="/withdrawals/batches">{common('cancel')}</Link>
          </Button>
          <SubmitButton>{t('submit')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  );
}
