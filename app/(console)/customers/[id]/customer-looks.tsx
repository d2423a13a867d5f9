import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { Page } from '~/lib/pagination';
import type { LookRow } from '~/lib/people/looks';

type CustomerLooksProps = { customerId: string; looks: Page<LookRow> };

/** Who saw this customer's data last. */
export function CustomerLooks({ customerId, looks: { items, nextCursor } }: CustomerLooksProps) {
  const t = useTranslations('customers.looks');
  return (
    <Section
      title={t('title')}
      actions={
        nextCursor === null ? null : (
          <Button asChild size="sm">
            <Link href={to(`/customers/${customerId}/looks`)}>{t('all')}</Link>
          </Button>
        )
      }
    >
      {items.length === 0 ? (
        <p className="text-muted-foreground text-sm">{t('none')}</p>
      ) : (
        <ul className="-my-2 divide-y text-sm">
          {items.map(({ id, at, way, actorName, reason }) => (
            <li key={String(id)} className="grid gap-0.5 py-2">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium">{actorName}</span>
                <span className="text-muted-foreground text-xs">
                  <Timestamp at={at} />
                </span>
              </span>
              <span className="text-muted-foreground">{t(`ways.${way}`)}</span>
              {reason ? <span className="text-pretty">{reason}</span> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
