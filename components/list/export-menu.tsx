import { ExportButton } from '~/components/list/export-button';
import type { ExportListName } from '~/lib/exports/lists';
import { can, type Role } from '~/lib/roles';

type ExportMenuProps = {
  list: ExportListName;
  role: Role;
  /** One wallet's; left out, of all that the address says. */
  walletId?: string;
  /** Of that wallet, in one of its assets. */
  asset?: string;
};

/** The list that is seen, as a file. Nothing for who may not take lists away. */
export function ExportMenu({ role, ...exported }: ExportMenuProps) {
  return can(role, 'lists:export') ? <ExportButton {...exported} /> : null;
}
