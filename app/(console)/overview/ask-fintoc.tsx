'use client';

import { RefreshCw } from 'lucide-react';
import { askFintocAction } from '~/app/(console)/overview/actions';
import { Form, SubmitButton } from '~/components/form/form';

/** Asks Fintoc for its balances again, now. */
export function AskFintoc({ label, done }: { label: string; done: string }) {
  return (
    <Form act="ask_fintoc" action={askFintocAction} success={done} className="shrink-0">
      <SubmitButton variant="secondary" size="sm">
        <RefreshCw aria-hidden />
        {label}
      </SubmitButton>
    </Form>
  );
}
