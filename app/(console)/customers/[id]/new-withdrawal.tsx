'use client';

import { ArrowUpFromLine, ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '~/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '~/components/ui/dropdown-menu';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';

type NewWithdrawalProps = { wallets: readonly { id: string; name: string }[] };

/** To a withdrawal from the one wallet that pays, or from which of several. */
export function NewWithdrawal({ wallets }: NewWithdrawalProps) {
  const t = useTranslations('customers.page');
  const [first, ...others] = wallets;
  if (!first) return null;
  const label = (
    <>
      <ArrowUpFromLine aria-hidden />
      {t('newWithdrawal')}
    </>
  );
  if (others.length === 0)
    return (
      <Button asChild variant="primary">
        <Link href={to(`/withdrawals/new?wallet=${first.id}`)}>{label}</Link>
      </Button>
    );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="primary">
          {label}
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {wallets.map(({ id, name }) => (
          <DropdownMenuItem key={id} asChild>
            <Link href={to(`/withdrawals/new?wallet=${id}`)}>{name}</Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
