import { ArrowLeftRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Replies } from '~/app/messages/reply-words';
import { Section } from '~/components/layout/section';
import type { Column } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { MovementTable } from '~/components/list/movement-table';
import { ReplyDialog } from '~/components/record/reply-dialog';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { Movement } from '~/lib/movements/movements';

type CustomerMovementsProps = {
  customerId: string;
  movements: readonly Movement[];
  /** By the withdrawal or the transfer behind a movement. */
  replies: ReadonlyMap<string, Replies>;
};

/** The last movements of all wallets together, each with what to tell the customer of it. */
export function CustomerMovements({ customerId, movements, replies }: CustomerMovementsProps) {
  const t = useTranslations('customers.movements');
  const words = useTranslations('customers.payments');
  const told: Column<Movement> = {
    key: 'reply',
    header: <span className="sr-only">{t('reply')}</span>,
    phone: 'end',
    cell: ({ withdrawalId, transferId, counterpartyName }) => {
      const texts = replies.get(withdrawalId ?? transferId ?? '');
      return texts ? (
        <ReplyDialog compact texts={texts} about={words('about', { who: counterpartyName ?? '—' })} />
      ) : null;
    },
  };
  return (
    <Section
      title={t('title')}
      description={t('hint')}
      flush
      actions={
        movements.length > 0 ? (
          <Button asChild size="sm">
            <Link href={`/movements?customer=${customerId}`}>{t('all')}</Link>
          </Button>
        ) : null
      }
    >
      <MovementTable
        movements={movements}
        scope="customer"
        beside={told}
        empty={<EmptyState icon={ArrowLeftRight} title={t('none')} description={t('noneHint')} />}
      />
    </Section>
  );
}
