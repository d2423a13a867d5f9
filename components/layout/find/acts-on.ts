import type { Route } from 'next';
import type { Hit } from '~/components/layout/find/hits';
import { to } from '~/components/ui/to';
import { can, type Permission, type Role } from '~/lib/roles';

const ACTS_ON = [
  ['withdraw', 'wallet', 'withdrawals:request', (id) => to(`/withdrawals/new?wallet=${id}`)],
  ['adjust', 'wallet', 'adjustments:request', (id) => to(`/adjustments/new?wallet=${id}`)],
  ['hold', 'wallet', 'wallets:freeze', (id) => to(`/holds/new?wallet=${id}`)],
  ['openWallet', 'customer', 'wallets:provision', (id) => to(`/wallets/new?customer=${id}`)],
  ['openCase', 'customer', 'cases:write', (id) => to(`/cases/new?subject=customer&id=${id}`)],
  ['openCase', 'deposit', 'cases:write', (id) => to(`/cases/new?subject=transfer&id=${id}`)],
  ['openCase', 'withdrawal', 'cases:write', (id) => to(`/cases/new?subject=withdrawal&id=${id}`)],
] as const satisfies readonly (readonly [string, Hit['kind'], Permission, (id: string) => Route])[];

export type ActOn = { name: (typeof ACTS_ON)[number][0]; hit: Hit; href: Route };

/** What somebody may do with the one who was found, and with what is theirs; with a payment, where nothing else was. */
export function actsOn(hits: readonly Hit[], role: Role): ActOn[] {
  const isOnly = ({ kind }: Hit) => hits.filter((each) => each.kind === kind).length === 1;
  const isMeant = (hit: Hit) => {
    if (hit.kind === 'customer') return isOnly(hit);
    if (hit.kind === 'wallet') return isOnly(hit) && hit.status?.code === 'open';
    return hits.length === 1;
  };
  return hits
    .filter(isMeant)
    .flatMap((hit) =>
      ACTS_ON.filter(([, kind, permission]) => kind === hit.kind && can(role, permission)).map(
        ([name, , , place]) => ({ name, hit, href: place(encodeURIComponent(hit.id)) }),
      ),
    );
}
