import { useTranslations } from 'next-intl';
import { chooseNoticesAction } from '~/app/(console)/settings/preferences/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { Alert } from '~/components/ui/alert';
import { Select } from '~/components/ui/select';
import type { NoticeChoices as Choices } from '~/lib/notices/choices';
import { kindsFor, NOTICE_MODES, usualMode } from '~/lib/notices/kinds';
import type { Role } from '~/lib/roles';

type NoticeChoicesProps = {
  choices: Choices;
  role: Role;
  email: string;
  /** How mails leave; null: not at all. */
  way: 'smtp' | 'files' | null;
  /** Why the last mail never arrived. */
  failure: string | null;
};

/** What an operator is told of, and how: each kind that their role may see. */
export function NoticeChoices({ choices, role, email, way, failure }: NoticeChoicesProps) {
  const t = useTranslations('notices');
  return (
    <div id="notices" className="scroll-mt-16">
      <Section
        title={t('choices.title')}
        description={t('choices.description', { email })}
        className="max-w-3xl"
      >
        <Form act="choose_notices" action={chooseNoticesAction} success={t('choices.saved')}>
          <MailState email={email} way={way} failure={failure} />
          <div className="grid gap-4 sm:grid-cols-2">
            {kindsFor(role).map((kind) => (
              <Field key={kind} name={kind} label={t(`kinds.${kind}`)} required>
                <Select
                  options={NOTICE_MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
                  defaultValue={choices[kind] ?? usualMode(role, kind)}
                />
              </Field>
            ))}
          </div>
          <FormActions>
            <SubmitButton>{t('choices.save')}</SubmitButton>
          </FormActions>
        </Form>
      </Section>
    </div>
  );
}

function MailState({ email, way, failure }: Pick<NoticeChoicesProps, 'email' | 'way' | 'failure'>) {
  const t = useTranslations('notices.choices');
  if (way === null) return <Alert title={t('noServer')}>{t('noServerHint')}</Alert>;
  if (failure !== null)
    return (
      <Alert tone="warning" title={t('failed', { email })}>
        {t('failedHint', { reason: failure })}
      </Alert>
    );
  return way === 'files' ? <Alert title={t('files')}>{t('filesHint')}</Alert> : null;
}
