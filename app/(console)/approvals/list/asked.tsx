import {
  ArrowDownToLine,
  ArrowUpFromLine,
  BadgeCheck,
  type LucideIcon,
  Scale,
  SlidersHorizontal,
  Wallet,
} from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { useAgo, useSoon } from '~/app/(console)/approvals/list/clock';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { MOMENT } from '~/components/words/moment';
import type { ApprovalGroup } from '~/lib/approvals/actions';

export type Choosing = {
  toggle: (id: string) => void;
  extendTo: (id: string) => void;
  look: (id: string) => void;
};

const ICONS: Record<ApprovalGroup, LucideIcon> = {
  withdrawals: ArrowUpFromLine,
  adjustments: Scale,
  deposits: ArrowDownToLine,
  wallets: Wallet,
  people: SlidersHorizontal,
  proof: BadgeCheck,
};

type AskedProps = { item: WaitingItem; choosing: Choosing | null; current: boolean };

/** What it is, who asked and when, how long it waits, and the way to all of it. */
export function Asked({ item, choosing, current }: AskedProps) {
  const t = useTranslations('approvals');
  const ago = useAgo();
  const isSoon = useSoon();
  const formatter = useFormatter();
  const { action, group, standing, askedAt, askedBy, endsAt } = item;
  const Icon = ICONS[group];
  const when = ago(askedAt);
  return (
    <div className="leading-snug">
      <Whole item={item} choosing={choosing} current={current}>
        <Icon aria-hidden className="mr-1.5 inline size-3.5 align-[-0.15em] text-muted-foreground" />
        {t(`kinds.${nameOfKind(action)}`)}
      </Whole>
      <div className="text-muted-foreground text-xs">
        <time
          dateTime={askedAt.toISOString()}
          title={formatter.dateTime(askedAt, MOMENT)}
          // Node's and the browser's calendars differ in abbreviations now and then.
          suppressHydrationWarning
        >
          {standing === 'own' ? t('askedByYou', { ago: when }) : t('askedBy', { ago: when, name: askedBy })}
        </time>
      </div>
      {endsAt ? (
        <div className={cn('text-xs', isSoon(endsAt) ? 'font-medium text-warning' : 'text-muted-foreground')}>
          {t('expires', { when: ago(endsAt) })}
        </div>
      ) : null}
    </div>
  );
}

/** Messages are keyed without dots. */
export function nameOfKind<Action extends string>(action: Action) {
  return action.replace('.', '_') as Action extends `${infer Noun}.${infer Act}` ? `${Noun}_${Act}` : never;
}

/** The row is one target: its page, or a look at it where it has none. */
function Whole({ item, choosing, current, children }: AskedProps & { children: ReactNode }) {
  const { id, href, standing } = item;
  const className =
    'font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2';
  const tabIndex = current ? 0 : -1;
  if (href !== null)
    return (
      <Link
        href={href}
        {...(choosing === null && { 'data-row': id })}
        tabIndex={tabIndex}
        className={className}
      >
        {children}
      </Link>
    );
  if (choosing === null || standing !== 'decides') return <span className="font-medium">{children}</span>;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      onClick={() => choosing.look(id)}
      className={cn(className, 'text-left')}
    >
      {children}
    </button>
  );
}
