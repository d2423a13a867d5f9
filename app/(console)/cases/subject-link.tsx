import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { CaseSubject } from '~/lib/cases/kinds';

const PAGES: Record<CaseSubject, (id: string) => Route> = {
  customer: (id) => to(`/customers/${id}`),
  transfer: (id) => to(`/deposits/${id}`),
  withdrawal: (id) => to(`/withdrawals/${id}`),
  proof_break: (id) => to(`/proof/breaks/${id}`),
};

type SubjectLinkProps = {
  subjectType: CaseSubject;
  subjectId: string;
  about: { customerName: string | null; amount: bigint | null; asset: string | null };
};

/** What a case is about, leading to its page. */
export function SubjectLink({ subjectType, subjectId, about }: SubjectLinkProps) {
  const t = useTranslations('cases.subjects');
  const { customerName, amount, asset } = about;
  return (
    <Link href={PAGES[subjectType](encodeURIComponent(subjectId))} className="text-link hover:underline">
      {t(subjectType)}
      {amount !== null && asset !== null ? (
        <>
          {' '}
          <Money amount={amount} asset={asset} />
        </>
      ) : null}
      {customerName ? ` · ${customerName}` : null}
    </Link>
  );
}
