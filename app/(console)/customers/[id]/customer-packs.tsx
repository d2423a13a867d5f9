import { useFormatter, useTranslations } from 'next-intl';
import { TakePack } from '~/app/(console)/customers/[id]/take-pack';
import { askPackAction } from '~/app/(console)/customers/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import type { PackRow } from '~/lib/packs/ask';

type CustomerPacksProps = { customer: { id: string; name: string }; packs: readonly PackRow[] };

/** Everything that is held of this customer, as a file for who has a right to it. */
export function CustomerPacks({ customer: { id, name }, packs }: CustomerPacksProps) {
  const t = useTranslations('customers.pack');
  return (
    <Section
      title={t('title')}
      description={t('hint')}
      actions={
        <ConfirmDialog
          act="ask_pack"
          action={askPackAction}
          hidden={{ customerId: id }}
          trigger={t('ask')}
          title={t('askTitle', { name })}
          consequence={t('consequence')}
          confirm={t('confirm')}
          success={t('done')}
          reason="required"
        />
      }
    >
      {packs.length === 0 ? (
        <p className="text-muted-foreground text-sm">{t('none')}</p>
      ) : (
        <ul className="-my-2 divide-y text-sm">
          {packs.map((pack) => (
            <Pack key={pack.id} pack={pack} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Pack({ pack: { id, state, createdAt, expiresAt, reason, askedBy } }: { pack: PackRow }) {
  const t = useTranslations('customers.pack');
  const format = useFormatter();
  const known = (['queued', 'ready', 'failed', 'expired'] as const).find((each) => each === state);
  return (
    <li className="grid gap-1 py-2">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{askedBy.name}</span>
        <span className="text-muted-foreground text-xs">
          <Timestamp at={createdAt} />
        </span>
      </span>
      <span className="text-pretty">{reason}</span>
      <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-muted-foreground">
        {known ? t(`states.${known}`) : null}
        {state === 'ready' && expiresAt ? (
          <>
            {` ${t('until', { at: format.dateTime(expiresAt, { dateStyle: 'medium' }) })}`}
            <TakePack id={id} label={t('download')} />
          </>
        ) : null}
      </span>
    </li>
  );
}
