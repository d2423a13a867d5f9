import { useTranslations } from 'next-intl';
import { Link } from '~/components/ui/link';
import type { FoundSince } from '~/lib/standstill/found';

const PAGES = {
  operator: '/settings/operators',
  key: '/settings/keys',
  stop: '/cash',
  beneficiary: '/settings/beneficiaries',
} as const;

/** Whom the backup would have let in again, and whose door was shut as it was before; and payouts that were stopped since. */
export function ShutList({ shut }: { shut: FoundSince['shut'] }) {
  const t = useTranslations('standstill.doors');
  return (
    <>
      <p className="text-muted-foreground">
        {t.rich(shut === null ? 'unknown' : shut.length === 0 ? 'nothing' : 'shut', {
          operators: (text) => (
            <Link href="/settings/operators" className="underline">
              {text}
            </Link>
          ),
          keys: (text) => (
            <Link href="/settings/keys" className="underline">
              {text}
            </Link>
          ),
        })}
      </p>
      {shut && shut.length > 0 ? (
        <ul className="mt-2 grid gap-1">
          {shut.map(({ kind, id, what, name }, index) => (
            // A restore after another one may tell of the same door again.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is only ever added to
            <li key={`${index} ${id}`} className="min-w-0 break-words">
              <Link
                href={kind === 'wallet' ? `/wallets/${id}` : PAGES[kind]}
                className="font-medium hover:underline"
              >
                {kind === 'stop'
                  ? t(id === 'all' ? 'payouts' : 'payoutsOf', { account: id })
                  : kind === 'beneficiary'
                    ? t('beneficiary', { number: id })
                    : name}
              </Link>{' '}
              <span className="text-muted-foreground">{t(what)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
