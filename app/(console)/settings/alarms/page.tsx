import { BellRing } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { sendTestAlarmAction, setSubmittingMinutesAction } from '~/app/(console)/settings/alarms/actions';
import { AlarmTable } from '~/app/(console)/settings/alarms/alarm-table';
import { MessageTable } from '~/app/(console)/settings/alarms/message-table';
import { WebhookForm } from '~/app/(console)/settings/alarms/webhook-form';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { Input } from '~/components/ui/input';
import { listAlarmMessages, listAlarms } from '~/lib/alarms/read';
import { alarmSettings, channels } from '~/lib/alarms/settings';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('alarms'))('title') };
}

export default async function AlarmsPage() {
  const operator = await requireOperator('settings:read');
  const writer = can(operator.role, 'settings:write');
  const live = await followed('alarms');
  const [t, settings, to, alarms, messages] = await Promise.all([
    getTranslations('alarms'),
    alarmSettings(),
    channels(),
    listAlarms(),
    listAlarmMessages(),
  ]);
  return (
    <>
      <Section title={t('now.title')} description={t('now.description')} flush>
        <AlarmTable alarms={alarms} writer={writer} />
      </Section>
      <Section
        title={t('messages.title')}
        description={t('messages.description')}
        flush
        actions={writer && to.length > 0 ? <TestButton /> : null}
      >
        <MessageTable messages={messages} />
      </Section>
      <Section title={t('webhook.title')} description={t('webhook.description')} className="max-w-3xl">
        {writer ? <WebhookForm url={settings.webhookUrl} /> : <Address url={settings.webhookUrl} />}
      </Section>
      <Section title={t('command.title')} description={t('command.description')} className="max-w-3xl">
        <p className="text-pretty text-sm">{t(to.includes('command') ? 'command.set' : 'command.unset')}</p>
      </Section>
      <Section title={t('stuck.title')} description={t('stuck.description')} className="max-w-3xl">
        {writer ? (
          <Minutes minutes={settings.submittingMinutes} />
        ) : (
          <p className="text-sm">{t('stuck.current', { minutes: settings.submittingMinutes })}</p>
        )}
      </Section>
      <Live {...live} />
    </>
  );
}

async function TestButton() {
  const t = await getTranslations('alarms.test');
  return (
    <Form act="send_test_alarm" action={sendTestAlarmAction} success={t('sent')}>
      <SubmitButton variant="secondary">
        <BellRing aria-hidden />
        {t('send')}
      </SubmitButton>
    </Form>
  );
}

async function Address({ url }: { url: string | null }) {
  const t = await getTranslations('alarms.webhook');
  if (url === null) return <p className="text-sm">{t('none')}</p>;
  return (
    <p className="text-sm">
      {t('current')} <span className="break-all font-mono">{new URL(url).origin}</span>
    </p>
  );
}

async function Minutes({ minutes }: { minutes: number }) {
  const t = await getTranslations('alarms.stuck');
  return (
    <Form act="set_submitting_minutes" action={setSubmittingMinutesAction} success={t('saved')}>
      <Field name="minutes" label={t('minutes')} required className="max-w-40">
        <Input
          key={minutes}
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          defaultValue={String(minutes)}
        />
      </Field>
      <FormActions>
        <SubmitButton>{t('save')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
