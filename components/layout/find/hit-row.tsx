import { Command } from 'cmdk';
import {
  ArrowDownToLine,
  ArrowUpFromLine,
  BriefcaseBusiness,
  Building2,
  Hash,
  Landmark,
  type LucideIcon,
  Scale,
  TriangleAlert,
  Users,
  Wallet,
  Webhook,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Hit } from '~/components/layout/find/hits';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';

export const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1.5 text-sm sm:min-h-9 data-[selected=true]:bg-accent [&_svg]:size-4 [&_svg]:shrink-0';

const ICONS: Record<Hit['kind'], LucideIcon> = {
  customer: Users,
  wallet: Wallet,
  deposit: ArrowDownToLine,
  withdrawal: ArrowUpFromLine,
  adjustment: Scale,
  case: BriefcaseBusiness,
  break: TriangleAlert,
  account: Landmark,
  number: Hash,
  entity: Building2,
  event: Webhook,
};

/** One thing with its answer beside it: what it has, how it stands, when it was. */
export function HitRow({ hit, onSelect }: { hit: Hit; onSelect: () => void }) {
  const t = useTranslations('find.kinds');
  const { kind, id, name, detail, money, status, at } = hit;
  const Icon = ICONS[kind];
  const isPayment = kind === 'deposit' || kind === 'withdrawal';
  return (
    <Command.Item value={`${kind} ${id}`} onSelect={onSelect} className={ITEM}>
      <Icon aria-hidden className="text-muted-foreground" />
      <span className="grid min-w-0 flex-1 leading-tight">
        <span className="truncate font-medium">{name || t(kind)}</span>
        <span className="flex min-w-0 gap-1.5 text-muted-foreground text-xs">
          <span className="truncate">{[name ? t(kind) : '', detail].filter(Boolean).join(' · ')}</span>
          {isPayment && at ? <Timestamp at={at} className="shrink-0" /> : null}
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
