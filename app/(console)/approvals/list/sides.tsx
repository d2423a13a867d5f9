import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { type Side, useSideWord } from '~/components/money/adjustment-side';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { Link } from '~/components/ui/link';
import { useAccountWord } from '~/components/words/account-words';
import type { Personal } from '~/lib/people/masking';

type SideProps = { item: WaitingItem; current: boolean };

/** Where the money comes from. */
export function From({ item, current }: SideProps) {
  switch (item.kind) {
    case 'payout': {
      const { customer, ...wallet } = item.payout.wallet;
      return (
        <WalletSide
          wallet={{ ...wallet, customer: customer ? { name: customer } : null }}
          current={current}
        />
      );
    }
    case 'adjustment':
      return <AdjustedSide side={item.adjustment.from} current={current} />;
    case 'deposit':
      return item.deposit.request === 'return' ? (
        <WalletSide wallet={item.deposit.wallet} current={current} />
      ) : (
        <Other id={item.id} {...item.deposit.counterparty} />
      );
    case 'facts':
      return null;
  }
}

/** Where it goes. */
export function To({ item, current }: SideProps) {
  switch (item.kind) {
    case 'payout': {
      const { beneficiaryName: name, destination: number, beneficiaryBank: bank } = item.payout;
      return <Other id={item.id} {...{ name, number, bank }} />;
    }
    case 'adjustment':
      return <AdjustedSide side={item.adjustment.to} current={current} />;
    case 'deposit':
      return item.deposit.request === 'return' ? (
        <Other id={item.id} {...item.deposit.counterparty} />
      ) : (
        <WalletSide wallet={item.deposit.wallet} current={current} />
      );
    case 'facts':
      return null;
  }
}

/** Of what moves no money: what would be done. */
export function Sentence({ item }: { item: WaitingItem }) {
  return <span className="text-pretty break-words leading-snug">{item.sentence}</span>;
}

type OtherProps = { id: string; name: string | null; number: Personal | null; bank: string | null };

/** Somebody at a bank: the whole number, as nobody signs for the end of one. */
function Other({ id, name, number, bank }: OtherProps) {
  const t = useTranslations('approvals.dialog');
  return (
    <div className="grid min-w-0 leading-snug">
      {name || !number ? <span className="break-words font-medium">{name ?? t('unnamed')}</span> : null}
      {number ? (
        <span id={`clabe-${id}`} className="flex min-w-0 flex-wrap gap-x-2 text-muted-foreground text-xs">
          <ProtectedClabe value={number} copy={false} className="text-foreground" />
          {bank}
        </span>
      ) : null}
    </div>
  );
}

function AdjustedSide({ side, current }: { side: Side; current: boolean }) {
  const word = useSideWord();
  const accountWord = useAccountWord();
  const t = useTranslations('adjustments');
  const house = t('house');
  const { wallet, account } = side;
  if (wallet) return <WalletSide wallet={wallet} current={current} whose={house} />;
  return <Lines first={word(side)} second={account ? accountWord(account) : null} />;
}

type WalletSideProps = {
  wallet: NonNullable<Side['wallet']>;
  current: boolean;
  /** Whose it is where it is no customer's. */
  whose?: string;
};

function WalletSide({ wallet, current, whose }: WalletSideProps) {
  const name = useSideWord()({ wallet, account: null, way: 'in' });
  const link = (
    <>
      <Link
        href={`/wallets/${wallet.id}`}
        title={name}
        tabIndex={current ? 0 : -1}
        className="relative z-10 truncate rounded-sm hover:text-link hover:underline max-sm:hidden"
      >
        {name}
      </Link>
      {/* On phones the whole row is one target. */}
      <span className="truncate sm:hidden">{name}</span>
    </>
  );
  const customer = wallet.customer?.name ?? whose;
  return <Lines first={link} second={customer === name ? null : customer} />;
}

function Lines({ first, second }: { first: ReactNode; second: string | null | undefined }) {
  return (
    <div className="grid min-w-0 leading-snug">
      {first}
      {second ? (
        <span className="truncate text-muted-foreground text-xs" title={second}>
          {second}
        </span>
      ) : null}
    </div>
  );
}
