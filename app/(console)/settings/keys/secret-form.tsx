'use client';

import { type ComponentProps, type ReactNode, useState } from 'react';
import { LOST, SecretShown } from '~/app/(console)/settings/keys/secret-shown';
import { Form, FormActions, SubmitButton } from '~/components/form/form';

type SecretFormProps = Pick<ComponentProps<typeof Form>, 'act' | 'action'> & {
  /** The toast, and the button. */
  made: string;
  submit: string;
  /** What else is empty again then. */
  onMade?: () => void;
  children: ReactNode;
};

/** Makes what has a secret, and shows it once. */
export function SecretForm({ act, action, made, submit, onMade, children }: SecretFormProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const [serial, setSerial] = useState(0);
  return (
    <>
      <Form
        key={serial}
        act={act}
        action={action}
        success={made}
        onSuccess={({ secret: told }) => setSecret(told ?? LOST)}
      >
        {children}
        <FormActions>
          <SubmitButton>{submit}</SubmitButton>
        </FormActions>
      </Form>
      <SecretShown
        secret={secret}
        onClose={() => {
          setSecret(null);
          // The form is empty again: another one is another wish.
          setSerial(serial + 1);
          onMade?.();
        }}
      />
    </>
  );
}
