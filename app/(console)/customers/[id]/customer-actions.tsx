import { Lock, LockOpen, Snowflake, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import {
  closeCustomerAction,
  freezeTogetherAction,
  reopenCustomerAction,
  unfreezeTogetherAction,
} from '~/app/(console)/customers/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { FreezeFields } from '~/components/form/freeze-fields';
import { RadioGroup } from '~/components/ui/radio-group';
import type { Standing } from '~/lib/wallets/standing';

/** How many of the wallets are how, and how the customer stands as a whole. */
export type CustomerStanding = {
  whole: Standing['status'];
  closedByCustomer: boolean;
  open: number;
  opening: number;
  frozen: number;
};
type WholeProps = { subject: 'customer' | 'portfolio'; id: string; name: string };
type CustomerActionsProps = { id: string; name: string; standing: CustomerStanding };

/** What can be done with all wallets of a customer as one. */
export function CustomerActions({ id, name, standing }: CustomerActionsProps) {
  const { whole: status, closedByCustomer, open, opening, frozen } = standing;
  const whole = { subject: 'customer', id, name } as const;
  return (
    <>
      {open + opening > 0 ? <FreezeWhole {...whole} /> : null}
      {frozen > 0 || status === 'frozen' ? <UnfreezeWhole {...whole} /> : null}
      {open + frozen > 0 ? <CloseCustomer id={id} name={name} count={open + frozen} /> : null}
      {closedByCustomer ? <ReopenCustomer id={id} name={name} /> : null}
    </>
  );
}

export function FreezeWhole({ subject, id, name }: WholeProps) {
  const t = useTranslations('customers.together.freeze');
  return (
    <ConfirmDialog
      action={freezeTogetherAction}
      act="freeze"
      hidden={{ subject, id }}
      trigger={
        <>
          <Snowflake aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
      danger
      reason="required"
    >
      <FreezeFields deposits="fixed" />
    </ConfirmDialog>
  );
}

export function UnfreezeWhole({ subject, id, name }: WholeProps) {
  const t = useTranslations('customers.together.unfreeze');
  return (
    <ConfirmDialog
      action={unfreezeTogetherAction}
      act="unfreeze"
      hidden={{ subject, id }}
      trigger={
        <>
          <Sun aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
      reason="required"
    />
  );
}

function CloseCustomer({ id, name, count }: { id: string; name: string; count: number }) {
  const t = useTranslations('customers.together.close');
  const close = useTranslations('wallets.actions.close');
  return (
    <ConfirmDialog
      action={closeCustomerAction}
      act="close"
      hidden={{ customerId: id }}
      trigger={
        <>
          <Lock aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence', { count })}
      confirm={t('confirm')}
      success={t('done')}
      danger
      reason="required"
    >
      <Field name="closedBy" label={close('who')} required group>
        <RadioGroup
          options={[
            { value: 'customer', label: close('byCustomer'), description: close('byCustomerHint') },
            { value: 'platform', label: close('byPlatform'), description: close('byPlatformHint') },
          ]}
        />
      </Field>
    </ConfirmDialog>
  );
}

function ReopenCustomer({ id, name }: { id: string; name: string }) {
  const t = useTranslations('customers.together.reopen');
  return (
    <ConfirmDialog
      action={reopenCustomerAction}
      act="reopen"
      hidden={{ customerId: id }}
      trigger={
        <>
          <LockOpen aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
      reason="required"
    />
  );
}
