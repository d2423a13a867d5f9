'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { uploadBatchAction } from '~/app/(console)/withdrawals/batches/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { type Chosen, LookupField } from '~/components/form/lookup-field';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { MOST_BYTES } from '~/lib/batches/file-size';

/** A file, and who pays what no column says otherwise. */
export function UploadForm({ asset, paidBy }: { asset: string; paidBy: Chosen | null }) {
  const t = useTranslations('batches.new');
  const common = useTranslations('common');
  const invalid = useTranslations('invalid');
  // What weighs more than a request may never arrives: nobody would answer what is wrong with it.
  const [isTooLarge, setTooLarge] = useState(false);
  return (
    <Card className="p-4 sm:p-5">
      <Form act="upload_batch" action={uploadBatchAction} hidden={{ asset }}>
        <Field
          name="file"
          label={t('file')}
          hint={
            isTooLarge ? (
              <span className="font-medium text-danger">{invalid('file_too_large')}</span>
            ) : (
              t('fileHint')
            )
          }
          required
        >
          <Input
            type="file"
            onChange={({ target }) => setTooLarge((target.files?.[0]?.size ?? 0) > MOST_BYTES)}
            accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            className="h-auto p-1.5 file:mr-3 file:h-7 file:rounded file:bg-muted file:px-3 file:font-medium file:text-sm max-sm:h-auto max-sm:file:h-9"
          />
        </Field>
        <LookupField
          name="walletId"
          label={t('wallet')}
          hint={t('walletHint')}
          of="wallets"
          search={t('walletSearch')}
          initial={paidBy}
          words={(wallet) => t('chosen', { wallet })}
          clear={t('clear')}
        />
        <FormActions>
          <Button asChild>
            <Link href="/withdrawals/batches">{common('cancel')}</Link>
          </Button>
          <SubmitButton disabled={isTooLarge}>{t('submit')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  );
}
