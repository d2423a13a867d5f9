import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { ActDecisions } from '~/app/(console)/approvals/act-decisions';
import { approvalWords } from '~/app/(console)/approvals/act-words';
import { ApprovalLink } from '~/app/(console)/approvals/approval-link';
import { OtherInboxes } from '~/app/(console)/approvals/other-inboxes';
import { DataTable } from '~/components/data-table';
import { EmptyState } from '~/components/empty-state';
import { Live } from '~/components/live';
import { Offers } from '~/components/offers';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import { textParam } from '~/components/search-params';
import { Timestamp } from '~/components/timestamp';
import { Badge } from '~/components/ui/badge';
import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import { latestDecisions, listWaiting } from '~/lib/approvals/read';
import type { WhyApproval } from '~/lib/approvals/rules';
import { liveToken } from '~/lib/live';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('approvals.acts'))('title') };
}

/** Of the rest the reason is the name of whom or what it is about. */
const WITH_REASON = new Set(['hold', 'word']);

/** Everything that one person asked for and another decides on. */
export default async function ApprovalsPage({ searchParams }: PageProps<'/approvals'>) {
  const operator = await requireOperator('people:read');
  const token = await liveToken('approvals');
  const [t, why, words, { items, nextCursor }, decisions] = await Promise.all([
    getTranslations('approvals.acts'),
    getTranslations('approvals.why'),
    approvalWords(),
    listWaiting({ cursor: textParam(await searchParams, 'cursor') }),
    latestDecisions(),
  ]);
  const mine = (askedById: string) => askedById === operator.id;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <OtherInboxes operatorId={operator.id} />
      <Offers standing={items.map(({ id }) => id).join()} timeline={decisions}>
        <DataTable
          label={t('title')}
          rows={items}
          rowKey={({ id }) => id}
          empty={<EmptyState icon={CircleCheck} title={t('empty')} description={t('emptyHint')} />}
          columns={[
            {
              key: 'what',
              header: t('what'),
              className: 'max-sm:col-span-2 sm:whitespace-normal sm:py-2',
              cell: (approval) => (
                <span className="text-pretty break-words font-medium">{words(approval)}</span>
              ),
            },
            {
              key: 'reason',
              header: t('reason'),
              className: 'max-sm:col-span-2 sm:max-w-72 sm:whitespace-normal sm:py-2',
              cell: ({ action, reason }) =>
                WITH_REASON.has(ACTIONS[action as ApprovalAction].kind) ||
                action === 'beneficiary.unblock' ? (
                  <span className="text-pretty break-words">
                    {action === 'withdrawal.pay' ? why(reason as WhyApproval) : reason}
                  </span>
                ) : null,
            },
            {
              key: 'who',
              header: t('askedBy'),
              className: 'max-sm:col-span-2',
              cell: ({ askedById, askedByName }) =>
                mine(askedById) ? <Badge>{t('own')}</Badge> : askedByName,
            },
            {
              key: 'when',
              header: t('askedAt'),
              phone: 'start',
              className: 'max-sm:col-span-2',
              hideBelow: 'lg',
              cell: ({ askedAt }) => <Timestamp at={askedAt} />,
            },
            {
              key: 'actions',
              header: <span className="sr-only">{t('decide')}</span>,
              className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
              cell: (approval) => {
                const action = approval.action as ApprovalAction;
                if (ACTIONS[action].kind !== 'act')
                  return (
                    <ApprovalLink action={action} subjectId={approval.subjectId}>
                      {t('open')}
                      <span className="sr-only">: {words(approval)}</span>
                    </ApprovalLink>
                  );
                return (
                  <ActDecisions
                    id={approval.id}
                    words={words(approval)}
                    own={mine(approval.askedById)}
                    decides={can(operator.role, ACTIONS[action].decide)}
                  />
                );
              },
            },
          ]}
        />
      </Offers>
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="approvals" {...(token === null ? {} : { token })} />
    </>
  );
}
