import { BriefcaseBusiness } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { CaseSubject } from '~/lib/cases/kinds';
import { can, type Role } from '~/lib/roles';
import { toAsked } from '~/lib/whereabouts/asked';
import type { Sought } from '~/lib/whereabouts/receipt';

type OpenCaseProps = { subject: CaseSubject; id: string; role: Role; sought?: Sought };

/** From a customer, a payment or a break to a case on it, with what was said of the payment; nothing for who writes none. */
export function OpenCase({ subject, id, role, sought }: OpenCaseProps) {
  const t = useTranslations('cases');
  if (!can(role, 'cases:write')) return null;
  const query = new URLSearchParams({ subject, id, ...(sought && { p: toAsked(sought) }) });
  return (
    <Button asChild className="justify-self-start">
      <Link href={to(`/cases/new?${query}`)}>
        <BriefcaseBusiness aria-hidden />
        {t('open')}
      </Link>
    </Button>
  );
}
