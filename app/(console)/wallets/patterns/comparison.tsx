import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '~/components/ui/badge';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { PatternFacts } from '~/lib/patterns/compare';

type ComparisonProps = {
  facts: readonly PatternFacts[];
  asset: string;
  /** The pattern that the wallet has. */
  current?: string | null;
  /** Where what a move there takes is shown; null where none can be asked for. */
  previewOf?: (pattern: string) => Route | null;
};

const ROWS = ['balance', 'kyb', 'deposit', 'depositCep', 'withdrawal', 'withdrawalCep', 'countries'] as const;

/** The patterns side by side, each row of them level with the others'; one below the other on a phone. */
export function Comparison({ facts, asset, current = null, previewOf }: ComparisonProps) {
  const t = useTranslations('patterns.compare');
  return (
    <ul aria-label={t('label')} className="mb-8 grid gap-4 lg:grid-cols-3 lg:gap-y-0">
      {facts.map((each) => (
        <li key={each.pattern} className="lg:row-span-9 lg:grid lg:grid-rows-subgrid">
          <Pattern
            {...{ asset }}
            facts={each}
            isCurrent={each.pattern === current}
            preview={previewOf?.(each.pattern)}
          />
        </li>
      ))}
    </ul>
  );
}

type PatternProps = {
  facts: PatternFacts;
  asset: string;
  isCurrent: boolean;
  preview?: Route | null | undefined;
};

function Pattern({ facts, asset, isCurrent, preview }: PatternProps) {
  const t = useTranslations('patterns.compare');
  const titles = useTranslations('wallets.patterns');
  const values = useValues(facts);
  const { pattern, refused } = facts;
  return (
    <Card className="p-4 sm:p-5 lg:row-span-9 lg:grid lg:grid-rows-subgrid">
      <h2 className="pb-3 font-semibold text-base">
        {pattern} · {titles(`${pattern}.title`)}
        {isCurrent ? (
          <Badge tone="info" className="ml-2">
            {t('current')}
          </Badge>
        ) : null}
      </h2>
      <dl className="lg:row-span-7 lg:grid lg:grid-rows-subgrid">
        {ROWS.map((row) => (
          <div key={row} className="border-t py-2 text-sm">
            <dt className="text-muted-foreground text-xs">{t(`rows.${row}`)}</dt>
            <dd className="min-w-0 break-words">{values[row]}</dd>
          </div>
        ))}
      </dl>
      <div className="pt-3 text-sm">
        {refused ? <p className="text-muted-foreground">{t(`refused.${refused}`, { asset })}</p> : null}
        {preview && !refused ? (
          <Button asChild>
            <Link href={preview}>{t('preview', { pattern })}</Link>
          </Button>
        ) : null}
      </div>
    </Card>
  );
}

function useValues(facts: PatternFacts): Record<(typeof ROWS)[number], ReactNode> {
  const t = useTranslations('patterns.compare');
  const { pattern, balance, holder, isPlatform, payerNumber, kyb, countries } = facts;
  const name = `${holder ?? t('unknownHolder')} ${t(isPlatform ? 'platform' : 'ownName')}`;
  const state = kyb.needed ? t(`kyb.${kyb.state ?? 'approved'}`) : t('kyb.none');
  return {
    balance: t(`balance.${balance}`),
    kyb:
      kyb.needed && kyb.entityId ? (
        <Link href={to(`/entities/${kyb.entityId}`)} className="text-link hover:underline">
          {state}
        </Link>
      ) : (
        state
      ),
    deposit: t(`deposit.${pattern}`),
    depositCep: t('payee', { name }),
    withdrawal: t(`withdrawal.${payerNumber}`),
    withdrawalCep: t('payer', { name }),
    countries: countries.map((country) => t(`country.${country}`)).join(', '),
  };
}
