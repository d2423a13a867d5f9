import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type DayLook, dayQuery } from '~/app/(console)/day/params';
import { FilterBar } from '~/components/list/filter-bar';
import type { ReadAddress } from '~/components/list/read-address';
import { namedDays } from '~/components/list/search-params';
import { TabLinks } from '~/components/list/tab-links';
import { nameOfDays } from '~/components/list/view-query';
import { Link } from '~/components/ui/link';
import { known } from '~/components/ui/to';
import { useAccountWord } from '~/components/words/account-words';
import type { DayAccount } from '~/lib/books/day';

/** What is asked for most; all others are chosen by their dates. */
const TABS = ['today', 'yesterday', 'last7Days', 'last30Days', 'thisMonth', 'lastMonth'] as const;

type ChoicesProps = {
  look: DayLook;
  assets: readonly string[];
  accounts: readonly DayAccount[];
  read: ReadAddress<unknown>;
};

/** Which days, of which asset and account. Each choice has an address. */
export function Choices({ look, assets, accounts, read }: ChoicesProps) {
  const t = useTranslations('day');
  const names = useTranslations('common.filters');
  const accountWord = useAccountWord();
  const { asset, accountId, today } = look;
  const hrefOf = (changes: { asset?: string; accountId?: string | undefined }) =>
    known(`/day?${dayQuery({ ...look, ...changes }, look)}`);
  const tabs = TABS.map((name) => ({
    ...{ name, label: names(name) },
    href: known(`/day?${dayQuery(look, namedDays(name, today))}`),
  }));
  const named = nameOfDays(look, today);
  return (
    <>
      <TabLinks
        label={t('choices.days')}
        tabs={tabs}
        current={tabs.find(({ name }) => name === named)?.href ?? ''}
      />
      <div className="flex flex-wrap items-start gap-x-6">
        <FilterBar filters={[{ kind: 'dates', name: 'dates', label: t('choices.range') }]} read={read} />
        {assets.length > 1 ? (
          <Row label={t('choices.assets')}>
            {assets.map((each) => (
              <Choice
                key={each}
                href={hrefOf({ asset: each, accountId: undefined })}
                isChosen={each === asset}
              >
                {each}
              </Choice>
            ))}
          </Row>
        ) : null}
        {accounts.length > 1 ? (
          <Row label={t('choices.accounts')}>
            <Choice href={hrefOf({ accountId: undefined })} isChosen={!accountId}>
              {t('choices.allAccounts')}
            </Choice>
            {accounts.map((account) => (
              <Choice
                key={account.id}
                href={hrefOf({ accountId: account.id })}
                isChosen={account.id === accountId}
              >
                {accountWord(account)}
              </Choice>
            ))}
          </Row>
        ) : null}
      </div>
    </>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="mb-3 flex max-w-full gap-1 overflow-x-auto">
      {children}
    </nav>
  );
}

type ChoiceProps = { href: ReturnType<typeof known>; isChosen: boolean; children: ReactNode };

function Choice({ href, isChosen, children }: ChoiceProps) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isChosen ? 'true' : undefined}
      className="inline-flex h-8 max-w-56 shrink-0 items-center rounded-md px-2.5 text-muted-foreground text-sm hover:bg-accent hover:text-foreground aria-[current]:bg-accent aria-[current]:font-medium aria-[current]:text-foreground max-sm:h-11"
    >
      <span className="truncate">{children}</span>
    </Link>
  );
}
