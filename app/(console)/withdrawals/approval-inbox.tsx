'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import type { ApprovalResult } from '~/app/(console)/withdrawals/actions';
import { ApprovalKeys } from '~/app/(console)/withdrawals/approval-keys';
import { ApprovalTable } from '~/app/(console)/withdrawals/approval-table';
import { AmountTotals } from '~/app/(console)/withdrawals/approval-totals';
import { ApproveDialog } from '~/app/(console)/withdrawals/approve-dialog';
import { useApprovals } from '~/app/(console)/withdrawals/use-approvals';
import { useListKeys } from '~/app/(console)/withdrawals/use-list-keys';
import { useSelection } from '~/app/(console)/withdrawals/use-selection';
import { Button } from '~/components/ui/button';
import type { WhyApproval } from '~/lib/transfers/approval-rule';

export type WaitingWithdrawal = {
  id: string;
  createdAt: Date;
  /** When it lapses by itself, if that is near. */
  expiresAt: Date | null;
  amount: bigint;
  asset: string;
  wallet: { id: string; name: string; houseRole: string | null; customer: string | null };
  beneficiaryName: string | null;
  /** Masked already where the role may not see it. */
  beneficiaryNumber: string;
  beneficiaryBank: string | null;
  comment: string | null;
  requestedBy: string;
  /** Asked for by who looks at it: somebody else has to decide. */
  own: boolean;
  firstSeen: boolean;
  approvalReason: WhyApproval | null;
};

type ApprovalInboxProps = { withdrawals: readonly WaitingWithdrawal[]; canApprove: boolean };

/** Withdrawals that wait for a second person: choose with the keyboard, confirm once, see what became of each. */
export function ApprovalInbox({ withdrawals: listed, canApprove }: ApprovalInboxProps) {
  const t = useTranslations('withdrawals.approve');
  const [approved, setApproved] = useState<ReadonlySet<string>>(new Set());
  // What was approved leaves at once; the list from the server follows.
  const withdrawals = listed.filter(({ id }) => !approved.has(id));
  const selection = useSelection(withdrawals.filter(({ own }) => !own).map(({ id }) => id));
  const approvals = useApprovals();
  const [asked, setAsked] = useState<readonly WaitingWithdrawal[] | null>(null);
  const [failures, setFailures] = useState<ReadonlyMap<string, ApprovalResult>>(new Map());
  const list = useRef<HTMLElement>(null);
  const chosen = withdrawals.filter(({ id, own }) => !own && selection.has(id));
  const ask = () => (chosen.length > 0 ? setAsked(chosen) : undefined);
  const onKeyDown = useListKeys(list, selection, ask);

  async function approve() {
    if (!asked) return;
    const results = await approvals.approve(asked.map(({ id }) => id));
    selection.clear();
    const failed = results.filter((result) => !result.ok);
    setApproved(new Set([...approved, ...results.filter(({ ok }) => ok).map(({ id }) => id)]));
    setFailures(new Map(failed.map((result) => [result.id, result])));
    if (failed.length > 0) return;
    toast.success(t('done', { count: results.length }));
    close();
  }

  function close() {
    setAsked(null);
    approvals.reset();
    // What opened the dialog may be gone with the selection; the list is still there.
    requestAnimationFrame(() => list.current?.focus());
  }

  return (
    <section
      ref={list}
      tabIndex={-1}
      aria-label={t('inbox')}
      onKeyDown={canApprove ? onKeyDown : undefined}
      className="focus-visible:outline-none"
    >
      <ApprovalTable
        withdrawals={withdrawals}
        selection={canApprove ? selection : null}
        failures={failures}
      />
      {canApprove && chosen.length > 0 ? (
        <SelectionBar withdrawals={chosen} onApprove={ask} onClear={selection.clear} />
      ) : null}
      {canApprove ? <ApprovalKeys /> : null}
      {asked ? (
        <ApproveDialog withdrawals={asked} run={approvals.run} onApprove={approve} onClose={close} />
      ) : null}
    </section>
  );
}

type SelectionBarProps = {
  withdrawals: readonly WaitingWithdrawal[];
  onApprove: () => void;
  onClear: () => void;
};

/** How many are chosen and what they come to; stays in view while the list scrolls. */
function SelectionBar({ withdrawals, onApprove, onClear }: SelectionBarProps) {
  const t = useTranslations('withdrawals.approve');
  const count = withdrawals.length;
  return (
    <div className="sticky bottom-3 z-30 mt-3 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-border-strong bg-popover px-4 py-2.5 shadow-floating">
      <div role="status" className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-medium">{t('chosen', { count })}</span>
        <AmountTotals of={withdrawals} />
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
        <Button variant="ghost" onClick={onClear}>
          {t('clear')}
        </Button>
        <Button variant="primary" onClick={onApprove}>
          {t('confirm', { count })}
        </Button>
      </div>
    </div>
  );
}
