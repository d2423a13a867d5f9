'use client';

import { useTranslations } from 'next-intl';
import { type ChangeEvent, useId, useState } from 'react';
import { uploadDocumentAction } from '~/app/(console)/entities/actions';
import { Form, SubmitButton } from '~/components/form';
import { useFieldMessage } from '~/components/form-messages';
import { cn } from '~/components/ui/cn';
import { controlClasses } from '~/components/ui/input';
import { DOCUMENT_TYPES, documentRefusal } from '~/lib/kyb-document';

type DocumentUploadProps = {
  /** The onboarding and the slot. */
  hidden: Record<string, string>;
  /** Whose document of what: "Identificación de Ana Soto". */
  name: string;
  /** There is one already; this one takes its place. */
  again: boolean;
};

/** Hands one file to Fintoc. It looks into the file first, so that nothing is sent that would be refused. */
export function DocumentUpload({ hidden, name, again }: DocumentUploadProps) {
  const t = useTranslations('entities.documents');
  const fieldMessage = useFieldMessage();
  const id = useId();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [chosen, setChosen] = useState(false);

  async function check({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    const why = file ? await documentRefusal(file) : null;
    if (why) target.value = '';
    setRefusal(why);
    setChosen(file !== undefined && why === null);
  }

  return (
    <Form
      action={uploadDocumentAction}
      hidden={hidden}
      success={t('uploaded')}
      onSuccess={() => setChosen(false)}
      className="gap-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="file"
          name="file"
          aria-label={t(again ? 'replaceOf' : 'uploadOf', { document: name })}
          aria-invalid={refusal !== null || undefined}
          aria-describedby={refusal ? `${id}-error` : undefined}
          accept={DOCUMENT_TYPES.join(',')}
          onChange={check}
          className={cn(
            controlClasses,
            'h-8 min-w-0 flex-1 text-muted-foreground file:mr-2 file:h-full file:border-0 file:border-r file:bg-muted file:px-2.5 file:font-medium file:text-foreground file:text-sm max-sm:h-11 sm:w-72 sm:flex-none',
          )}
        />
        {/* Only ever `disabled`, never `disabled={false}`: that would win over the button's own while it sends. */}
        <SubmitButton variant="secondary" {...(chosen ? {} : { disabled: true })}>
          {t(again ? 'replace' : 'upload')}
        </SubmitButton>
      </div>
      <p id={`${id}-error`} role="alert" className="font-medium text-danger text-sm empty:hidden">
        {refusal ? fieldMessage(refusal) : ''}
      </p>
    </Form>
  );
}
