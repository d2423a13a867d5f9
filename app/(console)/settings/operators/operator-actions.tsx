import { useTranslations } from 'next-intl';
import {
  askForResetAction,
  changeOperatorAction,
  endSessionsAction,
} from '~/app/(console)/settings/operators/actions';
import { LinkDialog } from '~/app/(console)/settings/operators/link-dialog';
import type { RoleOption } from '~/app/(console)/settings/operators/role-options';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { roleWord } from '~/components/words/role-words';
import type { OperatorRow as Operator } from '~/lib/people/operators';
import { refOf } from '~/lib/roles';

type OperatorActionsProps = {
  operator: Operator;
  roles: readonly RoleOption[];
  isMe: boolean;
  lastAdmin: boolean;
  /** Whether somebody asked to let them in, and it waits for somebody else. */
  accessWaits: boolean;
};

/** What an admin may do to somebody's access. Somebody has to stay admin, and what was asked for isn't asked for again. */
export function OperatorActions({ operator, roles, isMe, lastAdmin, accessWaits }: OperatorActionsProps) {
  const t = useTranslations('settings.operators');
  if (lastAdmin) return <span className="text-muted-foreground text-xs">{t('lastAdmin')}</span>;
  return (
    <span className="inline-flex flex-wrap gap-2 py-1 sm:min-w-56 sm:justify-end xl:w-max xl:max-w-[28rem]">
      {accessWaits ? null : <ChangeRole operator={operator} roles={roles} />}
      {isMe ? null : <ResetPassword operator={operator} />}
      {isMe || operator.disabledAt ? null : <EndSessions operator={operator} />}
      {accessWaits ? <SeeRequest operator={operator} /> : <ChangeAccess operator={operator} />}
    </span>
  );
}

function SeeRequest({ operator: { name } }: { operator: Operator }) {
  const t = useTranslations('settings.operators');
  return (
    <Button asChild variant="secondary" size="sm">
      <Link href="/approvals">
        {t('seeRequest')}
        <span className="sr-only">: {name}</span>
      </Link>
    </Button>
  );
}

function ChangeRole({ operator, roles }: Pick<OperatorActionsProps, 'operator' | 'roles'>) {
  const t = useTranslations('settings.operators');
  const { id, name, role, disabledAt } = operator;
  return (
    <ConfirmDialog
      act="change_operator"
      action={changeOperatorAction}
      hidden={{ id, disabled: String(disabledAt !== null) }}
      trigger={
        <>
          {t('changeRole')}
          <span className="sr-only">: {name}</span>
        </>
      }
      title={t('changeRoleOf', { name })}
      consequence={t('changeRoleHint')}
      confirm={t('changeRoleConfirm')}
      success={t('changed')}
    >
      <Field name="role" label={t('role')} required>
        <Select options={roles} defaultValue={refOf(role)} />
      </Field>
    </ConfirmDialog>
  );
}

/** One's own is changed under Preferences, by who knows it. */
function ResetPassword({ operator: { id, name } }: { operator: Operator }) {
  const t = useTranslations('settings.operators');
  return (
    <LinkDialog
      act="ask_for_reset"
      action={askForResetAction}
      hidden={{ id }}
      trigger={
        <>
          {t('resetPassword')}
          <span className="sr-only">: {name}</span>
        </>
      }
      title={t('resetPasswordOf', { name })}
      consequence={t('resetPasswordHint')}
      confirm={t('resetPasswordConfirm')}
      success={t('passwordReset')}
      linkHint={t('link.resetHint', { name })}
    />
  );
}

function EndSessions({ operator: { id, name } }: { operator: Operator }) {
  const t = useTranslations('settings.operators');
  return (
    <ConfirmDialog
      act="end_sessions"
      action={endSessionsAction}
      hidden={{ operatorId: id }}
      trigger={
        <>
          {t('endSessions')}
          <span className="sr-only">: {name}</span>
        </>
      }
      title={t('endSessionsOf', { name })}
      consequence={t('endSessionsHint')}
      confirm={t('endSessions')}
      success={t('sessionsEnded')}
    />
  );
}

function ChangeAccess({ operator }: { operator: Operator }) {
  const t = useTranslations('settings.operators');
  const roles = useTranslations('kinds.role');
  const { id, name, role, disabledAt } = operator;
  const enabled = disabledAt === null;
  const act = enabled ? t('disable') : t('enable');
  return (
    <ConfirmDialog
      action={changeOperatorAction}
      act={enabled ? 'disable' : 'enable'}
      hidden={{ id, role: refOf(role), disabled: String(enabled) }}
      trigger={
        <>
          {act}
          <span className="sr-only">: {name}</span>
        </>
      }
      title={enabled ? t('disableTitle', { name }) : t('enableTitle', { name })}
      consequence={enabled ? t('disableHint') : t('enableHint', { role: roleWord(roles, role) })}
      confirm={act}
      danger={enabled}
      success={enabled ? t('disabled') : t('enabled')}
    />
  );
}
