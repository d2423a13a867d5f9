import { redirect } from 'next/navigation';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export default async function SettingsPage() {
  const operator = await requireOperator('console:read');
  if (can(operator.role, 'settings:read')) redirect('/settings/operators');
  if (can(operator.role, 'people:read')) redirect('/settings/beneficiaries');
  redirect('/settings/preferences');
}
