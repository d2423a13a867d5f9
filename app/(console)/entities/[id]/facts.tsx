import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Identifier } from '~/components/record/identifier';
import { TaxId } from '~/components/record/personal-facts';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { EntityRecord } from '~/lib/entities/read';

type EntityFactsProps = { entity: EntityRecord };

/** What we know of an entity, and what Fintoc says of it and when. */
export function EntityFacts({ entity }: EntityFactsProps) {
  const t = useTranslations('entities');
  const { customer, countryCode, syncedAt, status, mode } = entity;
  return (
    <DetailList
      columns={2}
      items={[
        { label: t('facts.holder'), value: entity.holderName },
        { label: t('facts.taxId'), value: <TaxId value={entity.holderId} /> },
        {
          label: t('facts.status'),
          value: (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              {status ? <StatusBadge kind="entity" status={status} /> : t('facts.statusUnknown')}
              <span className="text-muted-foreground">
                {t.rich('facts.statusAsOf', { when: () => <Timestamp at={syncedAt} /> })}
              </span>
            </span>
          ),
        },
        {
          label: t('facts.country'),
          value:
            countryCode === 'mx' || countryCode === 'cl'
              ? t(`countries.${countryCode}`)
              : (countryCode?.toUpperCase() ?? '—'),
        },
        { label: t('facts.kind'), value: entity.isRoot ? t('facts.kindRoot') : t('facts.kindClient') },
        { label: t('facts.mode'), value: mode === 'live' || mode === 'test' ? t(`mode.${mode}`) : mode },
        {
          label: t('facts.customer'),
          value: customer ? (
            <Link href={`/customers/${customer.id}`} className="text-link hover:underline">
              {customer.name}
            </Link>
          ) : (
            <span className="text-muted-foreground">{entity.isRoot ? '—' : t('facts.noCustomer')}</span>
          ),
        },
        { label: t('facts.id'), value: <Identifier value={entity.id} /> },
        { label: t('facts.firstSeen'), value: <Timestamp at={entity.createdAt} /> },
      ]}
    />
  );
}
