import type { WaitingItem } from '~/app/(console)/approvals/items';

/** Whether this reader may choose it here. */
export function isChoosable({ standing, onItsPage }: WaitingItem): boolean {
  return standing === 'decides' && !onItsPage;
}
