import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SyncedAt } from '~/components/live/synced-at';
import { useStatusWord } from '~/components/record/status-badge';
import { Badge } from '~/components/ui/badge';
import { findLook, type StatusKind } from '~/components/words/status-looks';
import { takes } from '~/lib/wallets/frozen';
import type { WalletRow } from '~/lib/wallets/wallets';

/** What Fintoc says of a wallet where that isn't what its state asks for, and when Fintoc was last asked. */
export function FintocState({ wallet }: { wallet: WalletRow }) {
  const t = useTranslations('wallets.atFintoc');
  const word = useStatusWord();
  const held = wallet.assets.map((each) => ({ ...each, odd: oddityOf(wallet, each) }));
  const told = held.find(({ odd }) => odd) ?? held.find(({ accountNumber }) => accountNumber);
  if (!told?.accountNumber) return null;
  const { odd, asset, accountNumber } = told;
  if (!odd) return <SyncedAt at={accountNumber.syncedAt} />;
  const what = odd.kind === 'account' ? 'account' : asset === 'CLP' ? 'numberCl' : 'number';
  const words = t(what, { status: word(odd.kind, odd.status).toLocaleLowerCase() });
  return (
    <span className="inline-flex items-center gap-2" data-odd title={words}>
      <Badge tone="warning" icon={findLook(odd.kind, odd.status)?.icon ?? TriangleAlert}>
        <span className="xl:max-[90rem]:sr-only">{words}</span>
      </Badge>
      <SyncedAt at={accountNumber.syncedAt} className="max-sm:hidden" />
    </span>
  );
}

type Oddity = { kind: Extract<StatusKind, 'account' | 'accountNumber'>; status: string };

/** A root number can't be disabled at Fintoc, so it stays as it is; so does one whose deposits wait in suspense. */
function oddityOf(
  wallet: WalletRow,
  { state, account, accountNumber: number }: WalletRow['assets'][number],
): Oddity | null {
  const { status, frozenDeposits } = wallet;
  if (!number || (state === 'opening' && status !== 'closed')) return null;
  const isTaking = takes(wallet) || (status === 'frozen' && frozenDeposits === 'suspend');
  const wanted = isTaking || number.isRoot ? 'enabled' : 'disabled';
  const gone = !isTaking && number.status !== 'enabled';
  if (number.status !== wanted && !gone) return { kind: 'accountNumber', status: number.status };
  if (status === 'open' && account && account.status !== 'active')
    return { kind: 'account', status: account.status };
  return null;
}
