import type { Route } from 'next';
import { type ReactNode, Suspense } from 'react';
import { PeekSkeleton } from '~/components/list/peek/peek-skeleton';
import { Peeking } from '~/components/list/peek/peeking';
import type { ReadAddress } from '~/components/list/read-address';

type PeekedProps = {
  of: Pick<ReadAddress<unknown>, 'peek'>;
  /** The page of a record, for who has no room beside the list. */
  page: (id: string) => Route;
  panel: (id: string) => ReactNode;
  children: ReactNode;
};

/** A list with the record beside it that its address names. The list doesn't wait for that. */
export function Peeked({ of: { peek }, page, panel, children }: PeekedProps) {
  return (
    <Peeking
      peek={peek === null ? null : { id: peek, page: page(peek) }}
      panel={
        peek === null ? null : (
          <Suspense key={peek} fallback={<PeekSkeleton />}>
            {panel(peek)}
          </Suspense>
        )
      }
    >
      {children}
    </Peeking>
  );
}
