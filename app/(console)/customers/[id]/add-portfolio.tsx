'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createPortfolioAction } from '~/app/(console)/customers/actions';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '~/components/ui/dialog';
import { Input } from '~/components/ui/input';

/** Names a new group for a customer's wallets. */
export function AddPortfolio({ customerId }: { customerId: string }) {
  const t = useTranslations('customers.page');
  const common = useTranslations('common');
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden />
          {t('addPortfolio')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('addPortfolio')} description={t('portfoliosHint')}>
        <Form
          act="create_portfolio"
          action={createPortfolioAction}
          hidden={{ customerId }}
          success={t('portfolioAdded')}
          onSuccess={() => setOpen(false)}
        >
          <Field name="name" label={t('portfolioName')} required>
            <Input autoComplete="off" maxLength={60} />
          </Field>
          <DialogFooter>
            <DialogClose asChild>
              <Button>{common('cancel')}</Button>
            </DialogClose>
            <SubmitButton>{t('add')}</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
