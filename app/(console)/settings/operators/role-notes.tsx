import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { ROLES } from '~/lib/roles';

/** The roles in words, for who hands them out. */
export function RoleNotes() {
  const t = useTranslations('settings.operators');
  const roles = useTranslations('kinds.role');
  return (
    <Section title={t('roles')}>
      <DetailList items={ROLES.map((role) => ({ label: roles(role), value: t(`roleNotes.${role}`) }))} />
    </Section>
  );
}
