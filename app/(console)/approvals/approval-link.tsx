import type { Route } from 'next';
import type { ReactNode } from 'react';
import { Link } from '~/components/ui/link';
import type { ApprovalAction } from '~/lib/approvals/actions';

type ApprovalLinkProps = { action: ApprovalAction; subjectId: string; children: ReactNode };

/** To where what to check stands beside the decision. Acts are decided in the inbox itself. */
export function ApprovalLink({ action, subjectId, children }: ApprovalLinkProps) {
  const href = pageOf(action, subjectId);
  if (href === null) return null;
  return (
    <Link href={href as Route} className="text-link underline underline-offset-4">
      {children}
    </Link>
  );
}

function pageOf(action: ApprovalAction, id: string): string | null {
  switch (action) {
    case 'withdrawal.pay':
    case 'withdrawal.end':
      return `/withdrawals/${id}`;
    case 'adjustment.post':
      return `/adjustments/${id}`;
    case 'deposit.return':
    case 'deposit.assign':
      return `/deposits/${id}`;
    case 'break.release':
    case 'break.accept':
      return `/proof/breaks/${id}`;
    case 'payout.explain':
      return '/proof/breaks';
    case 'standstill.release':
      return '/proof/restored';
    default:
      return null;
  }
}
