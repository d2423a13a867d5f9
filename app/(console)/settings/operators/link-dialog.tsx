'use client';

import { type ComponentProps, useState } from 'react';
import { LinkShown, LOST } from '~/app/(console)/settings/operators/link-shown';
import { ConfirmDialog } from '~/components/form/confirm-dialog';

type LinkDialogProps = Omit<ComponentProps<typeof ConfirmDialog>, 'onDone'> & { linkHint: string };

/** Asks before it makes a link, and shows it once it is made. */
export function LinkDialog({ linkHint, ...asked }: LinkDialogProps) {
  const [link, setLink] = useState<string | null>(null);
  return (
    <>
      <ConfirmDialog {...asked} onDone={({ secret = LOST }) => setLink(secret)} />
      <LinkShown link={link} hint={linkHint} onClose={() => setLink(null)} />
    </>
  );
}
