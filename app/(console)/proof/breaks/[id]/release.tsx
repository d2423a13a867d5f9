import { useTranslations } from 'next-intl';
import { releaseBreakAction } from '~/app/(console)/proof/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Money } from '~/components/money/money';
import { useAccountWord } from '~/components/words/account-words';
import type { BreakRecord } from '~/lib/proof/breaks-read';
import { can, type Role } from '~/lib/roles';

type ReleaseProps = { broken: BreakRecord; operator: { id: string; role: Role } };

/** Lets payouts go on in spite of the break: two different people, each with a reason. */
export function Release({ broken, operator }: ReleaseProps) {
  const t = useTranslations('proof.break');
  const accountWord = useAccountWord();
  const { id, state, releases, account, difference, asset } = broken;
  const [first] = releases;
  const may = can(operator.role, 'proof:release') && first?.operatorId !== operator.id;
  if (state !== 'open' || !may) return null;
  return (
    <ConfirmDialog
      act="release_break"
      action={releaseBreakAction}
      hidden={{ breakId: id }}
      trigger={t('release')}
      title={t('releaseTitle')}
      consequence={
        <>
          <p className="text-foreground">
            {accountWord(account)} · {t('difference')}:{' '}
            <Money amount={difference} asset={asset} className="font-semibold" />
          </p>
          {first ? (
            <p className="break-words text-foreground">
              {t('releasedBy', { name: first.operatorName, reason: first.reason })}
            </p>
          ) : null}
          <p className="mt-1.5">
            {first ? t('releaseSecond', { name: first.operatorName }) : t('releaseFirst')}
          </p>
        </>
      }
      confirm={t('release')}
      reason="required"
      danger
      success={t('releaseDone')}
    />
  );
}
