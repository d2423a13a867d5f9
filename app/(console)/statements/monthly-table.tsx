import { useFormatter, useTranslations } from 'next-intl';
import { stopStatementsAction } from '~/app/(console)/statements/actions';
import { Whose } from '~/app/(console)/statements/whose';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Offers } from '~/components/form/offers';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { useWalletName } from '~/components/words/wallet-name-words';
import { isErasedAddress, STATEMENT_LOCALES } from '~/lib/statements/kinds';
import type { OrderRow } from '~/lib/statements/orders';

type MonthlyTableProps = {
  orders: readonly OrderRow[];
  /** Whether who looks may end them. */
  mayEnd: boolean;
};

/** What is mailed each month. Nothing where there is none. */
export function MonthlyTable({ orders, mayEnd }: MonthlyTableProps) {
  const t = useTranslations('statements.monthly');
  if (orders.length === 0) return null;
  return (
    <Section title={t('title')} description={t('description')} flush>
      <DataTable
        label={t('title')}
        rows={orders}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'whose',
            header: t('columns.whose'),
            cell: (order) => <Whose of={order} />,
            className: 'sm:max-w-60',
          },
          {
            key: 'to',
            header: t('columns.to'),
            cell: (order) => <To order={order} />,
            className: 'sm:max-w-64 sm:whitespace-normal',
          },
          {
            key: 'file',
            header: t('columns.file'),
            cell: (order) => <File order={order} />,
            hideBelow: 'lg',
          },
          {
            key: 'next',
            header: t('columns.next'),
            cell: (order) => <Next order={order} />,
            className: 'sm:whitespace-normal',
          },
          { key: 'by', header: t('columns.by'), cell: ({ madeBy }) => madeBy, hideBelow: 'lg' },
          {
            key: 'end',
            header: <span className="sr-only">{t('end')}</span>,
            align: 'end',
            cell: (order) => (mayEnd ? <Ending order={order} /> : null),
            phone: 'start',
            phoneLabel: false,
          },
        ]}
      />
    </Section>
  );
}

type Of = { order: OrderRow };

function To({ order: { addresses, mailedTo } }: Of) {
  const t = useTranslations('statements.monthly');
  if (addresses.length === 0) return t('addresses', { count: mailedTo });
  return (
    <ul className="py-1.5 text-sm leading-tight">
      {addresses.map((address) => (
        <li key={address} className="break-all">
          {isErasedAddress(address) ? t('erasedAddress') : address}
        </li>
      ))}
    </ul>
  );
}

function File({ order: { format, locale } }: Of) {
  const t = useTranslations('statements');
  const language = STATEMENT_LOCALES.find((each) => each === locale);
  return [t(`formats.${format}`), language && t(`new.locales.${language}`)].filter(Boolean).join(' · ');
}

/** Which month leaves when, and which did last; or why none does any more. */
function Next({ order: { nextMonth, nextAt, timeZone, endedWhy, endedBy, madeBy, last } }: Of) {
  const t = useTranslations('statements.monthly');
  const format = useFormatter();
  // Days of the calendar: nobody's zone moves them.
  const monthOf = (day: Date) => format.dateTime(day, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const why = endedWhy === 'closed' || endedWhy === 'maker_gone' ? endedWhy : 'stopped';
  const by = (why === 'stopped' ? endedBy : madeBy) ?? '';
  return (
    <span className="grid leading-tight">
      {nextMonth && nextAt ? (
        t('next', {
          month: monthOf(nextMonth),
          day: format.dateTime(nextAt, { day: 'numeric', month: 'long', timeZone }),
        })
      ) : (
        <span className="text-muted-foreground">{t(`ends.${why}`, { by })}</span>
      )}
      {last ? (
        <span className="text-muted-foreground text-xs">
          {t(last.statement ? 'last' : 'nothing', { month: monthOf(last.month) })}
        </span>
      ) : null}
    </span>
  );
}

/** A colleague may end it first: the open dialog says so. */
function Ending({ order }: Of) {
  const { endedAt: at, endedBy: actor } = order;
  return (
    <Offers
      standing={at ? 'ended' : 'running'}
      timeline={at ? [{ at, kind: 'statement_order.ended', actor }] : []}
    >
      {at ? null : <End order={order} />}
    </Offers>
  );
}

function End({ order: { id, wallet, customer, portfolio } }: Of) {
  const t = useTranslations('statements.monthly');
  const nameOf = useWalletName();
  const name = wallet ? nameOf(wallet) : (customer ?? portfolio)?.name;
  return (
    <ConfirmDialog
      act="stop_statements"
      action={stopStatementsAction}
      hidden={{ id }}
      trigger={
        <>
          {t('end')}
          <span className="sr-only">{name}</span>
        </>
      }
      title={t('endTitle')}
      consequence={t('endConsequence', { name: name ?? '' })}
      confirm={t('endConfirm')}
      success={t('ended')}
    />
  );
}
