import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { NewOperator } from '~/app/(console)/settings/operators/new-operator';
import { OperatorActions } from '~/app/(console)/settings/operators/operator-actions';
import { RoleNotes } from '~/app/(console)/settings/operators/role-notes';
import { roleOptions } from '~/app/(console)/settings/operators/role-options';
import { SecondFactors } from '~/app/(console)/settings/operators/second-factors';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { type Column, DataTable } from '~/components/list/data-table';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { roleWord } from '~/components/words/role-words';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { waitingAbout } from '~/lib/approvals/read';
import { listRoles } from '~/lib/people/custom-roles';
import { listOperators, type OperatorRow } from '~/lib/people/operators';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.operators'))('title') };
}

export default async function OperatorsPage() {
  const me = await requireOperator('settings:read');
  const [t, roles, operators, waiting, custom] = await Promise.all([
    getTranslations('settings.operators'),
    getTranslations('kinds.role'),
    listOperators(),
    waitingAbout(me, 'operator'),
    listRoles(me),
  ]);
  const writer = can(me.role, 'operators:write');
  const options = roleOptions(me.role, roles, custom);
  const asked = (id: string, action: ApprovalAction) => waiting.get(id)?.has(action) ?? false;
  const isNew = (id: string) => asked(id, 'operator.enrol');
  // Who has access can always be denied it, whatever else is asked about them.
  const accessWaits = ({ id, disabledAt }: OperatorRow) =>
    disabledAt !== null && (isNew(id) || asked(id, 'operator.change'));
  const admins = operators.filter(({ role, disabledAt }) => role === 'admin' && !disabledAt);
  return (
    <>
      <Section
        title={t('title')}
        description={t('description')}
        actions={writer ? <NewOperator roles={options} /> : null}
        flush
      >
        <DataTable
          label={t('title')}
          rows={operators}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              header: t('columns.name'),
              className: 'sm:w-1/5 sm:max-w-0',
              cell: ({ id, name }) => (
                <Named name={name} isMe={id === me.id} waits={waiting.has(id) && !isNew(id)} />
              ),
            },
            {
              key: 'email',
              header: t('columns.email'),
              className: 'sm:w-1/4 sm:max-w-0',
              cell: ({ email }) => <Long text={email} />,
            },
            {
              key: 'role',
              header: t('columns.role'),
              phone: 'end',
              cell: ({ role }) => roleWord(roles, role),
            },
            {
              key: 'status',
              header: t('columns.status'),
              phone: 'end',
              cell: (operator) => <Status operator={operator} waits={isNew(operator.id)} />,
            },
            lastSignInColumn(t('columns.lastSignIn'), t('never')),
            ...(writer
              ? [
                  actionsColumn(t('columns.actions'), (operator) => (
                    <OperatorActions
                      operator={operator}
                      roles={options}
                      isMe={operator.id === me.id}
                      accessWaits={accessWaits(operator)}
                      lastAdmin={admins.length === 1 && admins[0]?.id === operator.id}
                    />
                  )),
                ]
              : []),
          ]}
        />
      </Section>
      <SecondFactors
        operators={operators.filter(({ disabledAt }) => disabledAt === null)}
        meId={me.id}
        mayReset={writer}
        waits={({ id }) => asked(id, 'operator.second_factor')}
      />
      <RoleNotes />
    </>
  );
}

function lastSignInColumn(header: string, never: string): Column<OperatorRow> {
  return {
    ...{ key: 'lastSignIn', header, hideBelow: 'xl', phone: 'hide' },
    cell: ({ lastSignInAt }) => (lastSignInAt ? <Timestamp at={lastSignInAt} /> : <Muted>{never}</Muted>),
  };
}

function actionsColumn(label: string, cell: (operator: OperatorRow) => ReactNode): Column<OperatorRow> {
  return {
    key: 'actions',
    header: <span className="sr-only">{label}</span>,
    className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
    cell,
  };
}

function Named({ name, isMe, waits }: { name: string; isMe: boolean; waits: boolean }) {
  const t = useTranslations('settings.operators');
  return (
    <span className="flex min-w-0 items-center gap-2 font-medium">
      <Long text={name} />
      {isMe ? <Badge tone="info">{t('you')}</Badge> : null}
      {waits ? <WaitsBadge /> : null}
    </span>
  );
}

/** What people are called takes no other column's room: its cell has what the others leave. */
function Long({ text }: { text: string }) {
  return (
    <span title={text} className="block min-w-0 truncate">
      {text}
    </span>
  );
}

function Muted({ children }: { children: string }) {
  return <span className="text-muted-foreground">{children}</span>;
}

function Status({ operator: { disabledAt }, waits }: { operator: OperatorRow; waits: boolean }) {
  if (!waits) return <StatusBadge kind="operator" status={disabledAt ? 'disabled' : 'active'} />;
  return (
    <Link href="/approvals" className="rounded-full">
      <StatusBadge kind="operator" status="awaiting_approval" />
    </Link>
  );
}
