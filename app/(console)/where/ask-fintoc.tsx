import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { askFintocAction } from '~/app/(console)/where/actions';
import { Form, SubmitButton } from '~/components/form/form';

/** Has Fintoc's list read now: of the account that the money would be in, or of all. */
export function AskFintoc({ accountId }: { accountId: string | undefined }) {
  const t = useTranslations('where.absent');
  return (
    <Form
      act="ask_fintoc"
      action={askFintocAction}
      {...(accountId && { hidden: { accountId } })}
      success={t('asked')}
    >
      <SubmitButton variant="secondary" size="sm">
        <RefreshCw aria-hidden />
        {t('askFintoc')}
      </SubmitButton>
    </Form>
  );
}
