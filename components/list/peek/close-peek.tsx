'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useContext } from 'react';
import { PeekContext } from '~/components/list/peek/peek-context';
import { Button } from '~/components/ui/button';

/** Back to the list alone. */
export function ClosePeek() {
  const t = useTranslations('common.peek');
  const close = useContext(PeekContext);
  return (
    <Button variant="ghost" size="icon" aria-label={t('close')} title={t('close')} onClick={close}>
      <X aria-hidden />
    </Button>
  );
}
