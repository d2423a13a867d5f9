import { useTranslations } from 'next-intl';
import { Field, Form, SubmitButton } from '~/components/form/form';
import type { FormAction } from '~/components/form/use-sending';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Textarea } from '~/components/ui/textarea';

type Note = { id: string; body: string; createdAt: Date; operator: { name: string } };

type NotesProps = {
  notes: readonly Note[];
  /** What the notes are about, sent as `subjectId`. */
  subjectId: string;
  /** Left out for who may only read. */
  action?: FormAction | undefined;
};

/** What the staff wrote down beside a record, newest first, and room for more. */
export function Notes({ notes, subjectId, action }: NotesProps) {
  const t = useTranslations('common.notes');
  return (
    <Section title={t('title')}>
      {action ? (
        <Form
          act="add_note"
          action={action}
          hidden={{ subjectId }}
          success={t('added')}
          className="mb-5 gap-2"
        >
          <Field name="body" label={t('body')} hint={t('hint')} required>
            <Textarea rows={2} maxLength={2_000} />
          </Field>
          <SubmitButton variant="secondary" className="justify-self-start">
            {t('add')}
          </SubmitButton>
        </Form>
      ) : null}
      {notes.length === 0 ? <p className="text-muted-foreground text-sm">{t('empty')}</p> : null}
      <ul className="grid gap-4">
        {notes.map(({ id, body, createdAt, operator }) => (
          <li key={id} className="text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-muted-foreground">
              <span className="font-medium text-foreground">{operator.name}</span>
              <Timestamp at={createdAt} className="text-xs" />
            </div>
            <p className="whitespace-pre-wrap break-words">{body}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
