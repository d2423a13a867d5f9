import { Command } from 'cmdk';
import {
  ArrowDownToLine,
  ArrowUpFromLine,
  BookOpen,
  BriefcaseBusiness,
  Building2,
  FileStack,
  HandCoins,
  Hash,
  Landmark,
  type LucideIcon,
  Scale,
  ScrollText,
  TriangleAlert,
  Users,
  Wallet,
  Webhook,
} from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Hit } from '~/components/layout/find/hits';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { joined } from '~/lib/text';

export const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1.5 text-sm sm:min-h-9 data-[selected=true]:bg-accent [&>svg]:size-4 [&>svg]:shrink-0';

const ICONS: Record<Hit['kind'], LucideIcon> = {
  customer: Users,
  wallet: Wallet,
  deposit: ArrowDownToLine,
  withdrawal: ArrowUpFromLine,
  batch: FileStack,
  adjustment: Scale,
  hold: HandCoins,
  case: BriefcaseBusiness,
  break: TriangleAlert,
  transaction: BookOpen,
  account: Landmark,
  number: Hash,
  entity: Building2,
  event: Webhook,
  rule: ScrollText,
  terms: ScrollText,
  endpoint: Webhook,
};

/** One thing with its answer beside it: what it has, how it stands, since when. */
export function HitRow({ hit, onSelect }: { hit: Hit; onSelect: () => void }) {
  const t = useTranslations('find.kinds');
  const { kind, id, name, money, status } = hit;
  const Icon = ICONS[kind];
  return (
    <Command.Item value={`${kind} ${id}`} onSelect={onSelect} className={ITEM}>
      <Icon aria-hidden className="text-muted-foreground" />
      <span className="grid min-w-0 flex-1 leading-tight">
        <span className="truncate font-medium">{name || t(kind)}</span>
        <span className="truncate text-muted-foreground text-xs">
          <Told hit={hit} />
        </span>
      </span>
      <span className="grid shrink-0 justify-items-end gap-0.5">
        {money.slice(0, 2).map(({ amount, asset }) => (
          <Money key={asset} amount={amount} asset={asset} />
        ))}
        {status && !(status.kind === 'wallet' && status.code === 'open') ? (
          <StatusBadge kind={status.kind} status={status.code} />
        ) : null}
      </span>
    </Command.Item>
  );
}

/** What tells it from another one of the same name. */
function Told({ hit: { kind, name, detail, email, at } }: { hit: Hit }): ReactNode {
  const t = useTranslations('find');
  const format = useFormatter();
  const now = useNow();
  const moment = at === null ? null : new Date(at);
  const age =
    moment &&
    (kind === 'customer' || kind === 'wallet' || kind === 'entity'
      ? t('since', { day: format.dateTime(moment, { day: 'numeric', month: 'short', year: 'numeric' }) })
      : format.relativeTime(moment, now));
  return joined([name && kind !== 'customer' ? t(`kinds.${kind}`) : null, detail, email, age]);
}
