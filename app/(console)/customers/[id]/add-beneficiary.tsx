'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { saveBeneficiaryAction } from '~/app/(console)/customers/actions';
import { DestinationField } from '~/components/form/destination-field';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { PrintedHint } from '~/components/form/printed-hint';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '~/components/ui/dialog';
import { Input } from '~/components/ui/input';
import type { DestinationKind, Institution } from '~/lib/rails/destination';

type AddBeneficiaryProps = {
  customerId: string;
  /** What the rails here pay to, and the banks that may have to be named with it. */
  kinds: readonly DestinationKind[];
  banks: readonly Institution[];
};

/** Saves somebody whom the customer pays. */
export function AddBeneficiary({ customerId, kinds, banks }: AddBeneficiaryProps) {
  const t = useTranslations('customers.beneficiaries');
  const common = useTranslations('common');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden />
          {t('add')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('add')} description={t('addHint')}>
        <Form
          act="save_beneficiary"
          action={saveBeneficiaryAction}
          hidden={{ customerId }}
          success={t('added')}
          onSuccess={() => {
            setOpen(false);
            setName('');
          }}
        >
          <Field
            name="name"
            label={t('name')}
            hint={
              <>
                {t('nameHint')}
                {kinds.includes('clabe') ? <PrintedHint typed={name} /> : null}
              </>
            }
            required
          >
            <Input
              autoComplete="off"
              maxLength={120}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </Field>
          <DestinationField name="destination" kinds={kinds} banks={banks} clabeLabel={t('clabe')} />
          <Field name="taxId" label={t('taxId')}>
            <Input autoComplete="off" spellCheck={false} maxLength={40} className="font-mono uppercase" />
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
  );
}
