'use client';

import { Download } from 'lucide-react';
import { readyPackAction } from '~/app/(console)/customers/actions';
import { Form, SubmitButton } from '~/components/form/form';
import { saveFile } from '~/components/live/go';

/** Saves the file, once whoever asks showed lately that it is still they. */
export function TakePack({ id, label }: { id: string; label: string }) {
  return (
    <Form
      act="ready_pack"
      action={readyPackAction}
      hidden={{ id }}
      onSuccess={() => void saveFile(`/api/packs/${id}`)}
    >
      <SubmitButton size="sm" variant="secondary">
        <Download aria-hidden />
        {label}
      </SubmitButton>
    </Form>
  );
}
