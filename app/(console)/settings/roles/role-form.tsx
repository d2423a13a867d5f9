'use client';

import { useTranslations } from 'next-intl';
import { changeRoleAction } from '~/app/(console)/settings/roles/actions';
import { PERMISSION_GROUPS, wordKey } from '~/app/(console)/settings/roles/permission-groups';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { type CustomRole, covers, type Role } from '~/lib/roles';

type RoleFormProps = {
  role?: CustomRole;
  /** Of whoever fills it in: nobody hands out more than they have. */
  own: Role;
};

/** A role by its name and what it lets people do. */
export function RoleForm({ role, own }: RoleFormProps) {
  const t = useTranslations('roles');
  const common = useTranslations('common');
  return (
    <Form
      act="change_role"
      action={changeRoleAction}
      hidden={role ? { id: role.id } : {}}
      success={t('saved')}
    >
      <Field name="name" label={t('name')} hint={t('nameHint')} required className="max-w-md">
        <Input autoComplete="off" maxLength={60} defaultValue={role?.name} />
      </Field>
      <p className="text-muted-foreground text-sm">{t('always')}</p>
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {PERMISSION_GROUPS.map(({ group, permissions }) => (
          <fieldset key={group} className="grid content-start gap-2.5">
            <legend className="mb-2.5 font-medium text-sm">{t(`groups.${group}`)}</legend>
            {permissions.map((permission) => (
              <Field
                key={permission}
                name={permission}
                label={t(`permissions.${wordKey(permission)}`)}
                hint={covers(own, [permission]) ? undefined : t('notYours')}
                inline
              >
                <Checkbox
                  defaultChecked={role?.permissions.includes(permission)}
                  disabled={!covers(own, [permission])}
                />
              </Field>
            ))}
          </fieldset>
        ))}
      </div>
      <FormActions>
        <Button asChild>
          <Link href="/settings/roles">{common('cancel')}</Link>
        </Button>
        <SubmitButton>{role ? t('save') : t('ask')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
