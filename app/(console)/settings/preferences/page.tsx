import { getTranslations } from 'next-intl/server';
import { changePreferencesAction } from '~/app/(console)/settings/preferences/actions';
import { NoticeChoices } from '~/app/(console)/settings/preferences/notice-choices';
import { PasswordForm } from '~/app/(console)/settings/preferences/password-form';
import { SecondFactor } from '~/app/(console)/settings/preferences/second-factor';
import { Sessions } from '~/app/(console)/settings/preferences/sessions';
import { LOCALES } from '~/app/messages/load';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { Select } from '~/components/ui/select';
import { noticeChoices } from '~/lib/notices/choices';
import { mailWay } from '~/lib/notices/post';
import { lastMailFailure } from '~/lib/notices/read';
import { listOwnFactors } from '~/lib/people/own-factors';
import { listOwnSessions } from '~/lib/people/sessions';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { timeZones } from '~/lib/time-zones';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.preferences'))('title') };
}

export default async function PreferencesPage() {
  const operator = await requireOperator('console:read');
  const { locale, timeZone, email, role, sessionId } = operator;
  const [t, languages, choices, failure, sessions, factors] = await Promise.all([
    getTranslations('settings.preferences'),
    getTranslations('nav.language'),
    noticeChoices(operator),
    lastMailFailure(operator),
    listOwnSessions(operator),
    listOwnFactors(operator),
  ]);
  return (
    <>
      <Section title={t('title')} description={t('description')} className="max-w-xl">
        <Form act="change_preferences" action={changePreferencesAction} success={t('saved')}>
          <Field name="locale" label={t('language')} required>
            <Select
              options={LOCALES.map((value) => ({ value, label: languages(value) }))}
              defaultValue={locale}
            />
          </Field>
          <Field name="timeZone" label={t('timeZone')} hint={t('timeZoneHint')} required>
            <Select
              options={timeZones(timeZone).map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
              defaultValue={timeZone}
            />
          </Field>
          <FormActions>
            <SubmitButton>{t('save')}</SubmitButton>
          </FormActions>
        </Form>
      </Section>
      <NoticeChoices choices={choices} role={role} email={email} way={mailWay()} failure={failure} />
      <PasswordForm email={email} />
      <SecondFactor factors={factors} isUrged={can(role, 'approvals:decide')} />
      <Sessions sessions={sessions} current={sessionId} />
    </>
  );
}
