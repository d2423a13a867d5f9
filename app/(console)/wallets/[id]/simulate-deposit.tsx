'use client';

import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { simulateDepositAction } from '~/app/(console)/wallets/actions';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '~/components/ui/dialog';
import { Input } from '~/components/ui/input';

type SimulateDepositProps = { accountNumberId: string; asset: string };

/** Test mode: has Fintoc receive money for this wallet, as if somebody had paid. */
export function SimulateDeposit({ accountNumberId, asset }: SimulateDepositProps) {
  const t = useTranslations('wallets.simulate');
  const common = useTranslations('common');
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <FlaskConical aria-hidden />
          {t('trigger')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title')} description={t('description')}>
        <Form
          act="simulate_deposit"
          action={simulateDepositAction}
          hidden={{ accountNumberId, asset }}
          success={t('done')}
          onSuccess={() => setOpen(false)}
        >
          <AmountField name="amount" label={t('amount', { asset })} asset={asset} required />
          <Field name="comment" label={t('concept')} hint={t('conceptHint')}>
            <Input autoComplete="off" maxLength={40} />
          </Field>
          <DialogFooter>
            <DialogClose asChild>
              <Button>{common('cancel')}</Button>
            </DialogClose>
            <SubmitButton>{t('confirm')}</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
