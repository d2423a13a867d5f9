'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { changeRoleAction } from '~/app/(console)/settings/roles/actions';
import { PERMISSION_GROUPS, wordKey } from '~/app/(console)/settings/roles/permission-groups';
import { ScopeField } from '~/app/(console)/settings/roles/scope-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import type { Chosen } from '~/components/form/lookup-field';
import { Button } from '~/components/ui/button';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { type CustomRole, covers, fitsScope, type Permission, type Role } from '~/lib/roles';

type RoleFormProps = {
  role?: CustomRole;
  /** Its portfolios, by name. */
  portfolios?: readonly Chosen[];
  /** Of whoever fills it in: nobody hands out more than they have. */
  own: Role;
};

/** A role by its name and what it lets people do. */
export function RoleForm({ role, portfolios = [], own }: RoleFormProps) {
  const t = useTranslations('roles');
  const common = useTranslations('common');
  const [scope, setScope] = useState(portfolios);
  const fits = (permission: Permission) => scope.length === 0 || fitsScope(permission);
  const hintOf = (permission: Permission) => {
    if (!covers(own, [permission])) return t('notYours');
    return fits(permission) ? undefined : t('scope.ofTheHouse');
  };
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
      <ScopeField hint={t('scope.hint')} chosen={scope} onChange={setScope} />
      <p className="text-muted-foreground text-sm">{scope.length > 0 ? t('scope.always') : t('always')}</p>
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {PERMISSION_GROUPS.map(({ group, permissions }) => (
          <fieldset key={group} className="grid content-start gap-2.5">
            <legend className="mb-2.5 font-medium text-sm">{t(`groups.${group}`)}</legend>
            {permissions.map((permission) => (
              <Field
                key={permission}
                name={permission}
                label={t(`permissions.${wordKey(permission)}`)}
                hint={hintOf(permission)}
                inline
              >
                <Checkbox
                  defaultChecked={role?.permissions.includes(permission)}
                  disabled={!covers(own, [permission]) || !fits(permission)}
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
