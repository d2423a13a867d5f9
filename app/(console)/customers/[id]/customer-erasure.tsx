import { Eraser } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { askErasureAction } from '~/app/(console)/customers/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { Alert } from '~/components/ui/alert';

/** Asks a second person to erase who this customer is. */
export function CustomerErasure({ customer: { id, name } }: { customer: { id: string; name: string } }) {
  const t = useTranslations('customers.erase');
  return (
    <Section
      title={t('title')}
      actions={
        <ConfirmDialog
          act="erase_customer"
          action={askErasureAction}
          hidden={{ customerId: id }}
          trigger={
            <>
              <Eraser aria-hidden />
              {t('ask')}
            </>
          }
          title={t('askTitle', { name })}
          consequence={t('consequence')}
          confirm={t('confirm')}
          success={t('done')}
          danger
          reason="required"
        />
      }
    >
      <p className="text-muted-foreground text-sm">{t('hint')}</p>
    </Section>
  );
}

/** Says that nobody can say any more who it was, where somebody comes to their page. */
export function Erased({ at }: { at: Date }) {
  const t = useTranslations('customers.erase');
  const format = useFormatter();
  return (
    <Alert tone="info" className="mb-5" title={t('erased')}>
      {t('erasedHint', { at: format.dateTime(at, { dateStyle: 'long' }) })}
    </Alert>
  );
}
