import { FolderInput } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { moveWalletAction } from '~/app/(console)/wallets/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Select } from '~/components/ui/select';

type MoveWalletProps = {
  wallet: { id: string; name: string; portfolioId: string | null };
  portfolios: readonly { id: string; name: string }[];
};

/** Puts the wallet into one of its customer's portfolios, or into none. */
export function MoveWallet({ wallet: { id, name, portfolioId }, portfolios }: MoveWalletProps) {
  const t = useTranslations('wallets.actions.move');
  if (portfolios.length === 0) return null;
  return (
    <ConfirmDialog
      action={moveWalletAction}
      act="move"
      hidden={{ walletId: id }}
      trigger={
        <>
          <FolderInput aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
    >
      <Field name="portfolio" label={t('portfolio')} required>
        <Select
          defaultValue={portfolioId ?? 'none'}
          options={[
            ...portfolios.map((each) => ({ value: each.id, label: each.name })),
            { value: 'none', label: t('none') },
          ]}
        />
      </Field>
    </ConfirmDialog>
  );
}
