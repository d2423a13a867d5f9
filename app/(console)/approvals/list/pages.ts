import type { Route } from 'next';
import { to } from '~/components/ui/to';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { can, type Role } from '~/lib/roles';

/** Where all of what is decided on stands; null where this role has no such page. */
export function pageOf(action: ApprovalAction, id: string, role: Role, of = 'wallet'): Route | null {
  switch (action) {
    case 'withdrawal.pay':
    case 'withdrawal.end':
      return to(`/withdrawals/${id}`);
    case 'batch.pay':
      return to(`/withdrawals/batches/${id}`);
    case 'adjustment.post':
      return to(`/adjustments/${id}`);
    case 'deposit.return':
    case 'deposit.assign':
    case 'suspense.return':
    case 'suspense.assign':
      return to(`/deposits/${id}`);
    case 'break.release':
    case 'break.accept':
      return to(`/proof/breaks/${id}`);
    case 'payout.explain':
      return '/proof/breaks';
    case 'payouts.resume':
      return '/cash';
    case 'standstill.release':
      return '/proof/restored';
    case 'beneficiary.unblock':
      return '/settings/beneficiaries';
    case 'rule.change':
    case 'stops.change':
      return can(role, 'settings:read') ? '/settings/rules' : null;
    case 'settlement.change':
      return can(role, 'settings:read') ? '/settings/fintoc' : null;
    case 'terms.change':
      return can(role, 'settings:read') ? to(`/settings/terms/${id}`) : null;
    case 'key.make':
    case 'key.rotate':
      return can(role, 'settings:read') ? '/settings/keys' : null;
    case 'wallet.move_pattern':
      return to(`/wallets/${id}/patterns`);
    case 'event.replay':
      return to(`/inbox/${encodeURIComponent(id)}`);
    case 'wallet.freeze':
    case 'wallet.unfreeze':
    case 'wallet.close':
      return to(of === 'wallet' ? `/wallets/${id}` : `/customers/${id}`);
    case 'customer.erase':
      return to(`/customers/${id}`);
    case 'debt.plan':
      return '/deposits/debts';
    case 'number.quarantine':
      return to(`/account-numbers/${encodeURIComponent(id)}`);
    case 'portfolio.cap':
      return null;
    case 'role.change':
      return can(role, 'settings:read') ? '/settings/roles' : null;
    case 'operator.guest':
      return can(role, 'settings:read') ? '/settings/guests' : null;
    case 'operator.enrol':
    case 'operator.change':
    case 'operator.password':
    case 'operator.second_factor':
      return can(role, 'settings:read') ? '/settings/operators' : null;
  }
}
