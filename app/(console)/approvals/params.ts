import { bankParam, moneyParams } from '~/components/list/money-params';
import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { APPROVAL_GROUPS, type ApprovalGroup } from '~/lib/approvals/actions';

/** Reads the address of the inbox. `?kind=` is its tab, which the filters stay under; `?wallet=<id>` narrows it to one's. */
export function readInbox(params: SearchParams, timeZone: string) {
  const read = new AddressReader(params);
  const { since, before } = read.days(timeZone);
  const group: ApprovalGroup | undefined = read.option('kind', APPROVAL_GROUPS);
  return read.done({
    group,
    walletId: read.uuid('wallet'),
    text: read.text('q'),
    from: since,
    to: before,
    banks: bankParam(read),
    ...moneyParams(read),
  });
}
