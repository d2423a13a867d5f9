import { ArrowDownToLine, ArrowUpFromLine } from 'lucide-react';
import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl';
import { type Described, describedIn } from '~/components/layout/find/described';
import type { Place } from '~/components/layout/find/places';
import { dayOf } from '~/components/list/search-params';
import { to } from '~/components/ui/to';
import { formatAmount, toDecimal } from '~/lib/money';
import { joined } from '~/lib/text';

const LISTS = [
  { way: 'in', path: '/deposits/all', icon: ArrowDownToLine },
  { way: 'out', path: '/withdrawals/all', icon: ArrowUpFromLine },
] as const;

/** The lists of what somebody described, which hold that and nothing else; none where it is no description. */
export function useDescribed(text: string): Place[] {
  const t = useTranslations('find.described');
  const format = useFormatter();
  const locale = useLocale();
  const said = describedIn(text, dayOf(new Date(), useTimeZone() ?? 'UTC'));
  if (!said) return [];
  const { amount, bank, day } = said;
  const what = joined([
    amount === null ? null : `${formatAmount(amount, 'MXN', locale)} MXN`,
    bank?.name,
    // A calendar day has no zone; UTC on both sides keeps it from shifting.
    day && format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' }),
  ]);
  const query = queryOf(said);
  return LISTS.filter(({ way }) => said.way === null || said.way === way).map(({ way, path, icon }) => ({
    ...{ icon, href: to(`${path}?${query}`), label: t(way, { what }) },
  }));
}

/** As lists of money have it in their address. */
function queryOf({ amount, bank, day }: Described): URLSearchParams {
  const exact = amount === null ? null : toDecimal(amount, 'MXN');
  return new URLSearchParams({
    ...(exact && { min: exact, max: exact }),
    ...(bank?.codes[0] && { bank: bank.codes[0] }),
    ...(day && { from: day, to: day }),
  });
}
