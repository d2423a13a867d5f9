import type { ReactNode } from 'react';
import type { ApprovalPeekProps } from '~/app/(console)/approvals/list/approval-peek';
import type { usePeeked } from '~/app/(console)/approvals/list/use-peeked';
import { Beside } from '~/components/list/peek/beside';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';

const panels = onDemand(() => import('~/app/(console)/approvals/list/approval-peek'));

type BesideInboxProps = Omit<ApprovalPeekProps, 'row'> & {
  peek: ReturnType<typeof usePeeked>;
  children: ReactNode;
};

/** The inbox, and beside it the row that the address names. */
export function BesideInbox({ peek: { row, aside, close }, children, ...rest }: BesideInboxProps) {
  const drawn = useOnDemand(panels, row !== null);
  return (
    <Beside
      {...{ id: row?.item.id ?? null, aside, onClose: close }}
      panel={row && drawn ? <drawn.ApprovalPeek row={row} {...rest} /> : null}
    >
      {children}
    </Beside>
  );
}
