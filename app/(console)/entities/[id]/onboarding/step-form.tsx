'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useRef } from 'react';
import { GivenContext } from '~/app/(console)/entities/[id]/onboarding/answers';
import { CompanyFields, ProfileFields } from '~/app/(console)/entities/[id]/onboarding/company-fields';
import {
  type Person,
  RepresentativeRows,
  ShareholderRows,
} from '~/app/(console)/entities/[id]/onboarding/people-fields';
import { SaveStatus } from '~/app/(console)/entities/[id]/onboarding/save-status';
import { useAutosave } from '~/app/(console)/entities/[id]/onboarding/use-autosave';
import { finishPartAction } from '~/app/(console)/entities/actions';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { SelectOption } from '~/components/ui/select';
import { type Answers, type Issues, KYB_PARTS, type KybPart } from '~/lib/entities/kyb-parts';

type StepFormProps = {
  entityId: string;
  part: KybPart;
  saved: { version: number; savedAt: Date; savedBy: string } | null;
  answers: Answers;
  problems: Issues;
  rejections: Record<string, string>;
  countries: readonly SelectOption[];
  people: readonly Person[];
};

/** One step of a KYB. It is kept while it is typed; its button checks it and goes on to the next. */
export function StepForm({
  entityId,
  part,
  saved,
  answers,
  problems,
  rejections,
  countries,
  people,
}: StepFormProps) {
  const t = useTranslations('entities.form');
  const box = useRef<HTMLDivElement>(null);
  const { state, hidden, note, overwrite, stop } = useAutosave(box, {
    entityId,
    part,
    version: saved?.version ?? 0,
    savedAt: saved?.savedAt.toISOString() ?? null,
  });
  const first = state.kind === 'saved' && saved && state.at === saved.savedAt.toISOString();
  const before = KYB_PARTS[KYB_PARTS.indexOf(part) - 1];
  const fields: Record<KybPart, ReactNode> = {
    company_information: <CompanyFields />,
    legal_representatives: <RepresentativeRows countries={countries} onChanged={note} />,
    transactional_profile: <ProfileFields />,
    shareholders: <ShareholderRows countries={countries} people={people} onChanged={note} />,
  };
  return (
    <div ref={box} onInput={note}>
      <GivenContext value={{ answers, problems, rejections }}>
        <Form
          act="finish_part"
          action={finishPartAction}
          hidden={{ entityId, part, ...hidden }}
          className="gap-5"
        >
          {fields[part]}
          <SaveStatus
            state={state}
            savedBy={first ? saved.savedBy : null}
            overwrite={overwrite}
            stop={stop}
          />
          <FormActions>
            {before ? (
              <Button asChild>
                <Link href={`/entities/${entityId}/onboarding?step=${before}`}>{t('back')}</Link>
              </Button>
            ) : null}
            <SubmitButton>{t('continue')}</SubmitButton>
          </FormActions>
        </Form>
      </GivenContext>
    </div>
  );
}
