import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { proveNowAction } from '~/app/(console)/proof/actions';
import { Form, SubmitButton } from '~/components/form/form';

/** Has one account looked at now, or all of them. */
export function CheckNow({ accountId }: { accountId?: string }) {
  const t = useTranslations('proof');
  return (
    <Form
      act="prove_now"
      action={proveNowAction}
      {...(accountId && { hidden: { accountId } })}
      success={t('checkDone')}
    >
      <SubmitButton variant="secondary">
        <RefreshCw aria-hidden />
        {t('check')}
      </SubmitButton>
    </Form>
  );
}
