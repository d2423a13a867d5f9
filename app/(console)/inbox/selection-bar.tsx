'use client';

import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { SELECTION } from '~/app/(console)/inbox/selection';
import { useGo } from '~/components/live/go';
import { Button } from '~/components/ui/button';

/** Rises once a box is ticked, over the page so that nothing moves, and takes the ticked ones to a dry run. */
export function SelectionBar() {
  const t = useTranslations('inbox.rehearse');
  const { go } = useGo();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll('id').map((id) => ['id', String(id)]);
    void go(`/inbox/replay?${new URLSearchParams(chosen)}`);
  }

  return (
    <form
      id={SELECTION}
      action="/inbox/replay"
      onSubmit={submit}
      aria-label={t('selected')}
      className="fixed inset-x-0 bottom-6 z-30 mx-auto hidden w-fit items-center gap-3 rounded-lg bg-popover py-2 pr-2 pl-4 text-sm shadow-floating group-has-[input[name=id]:checked]/inbox:flex"
    >
      <span className="text-muted-foreground max-sm:hidden">{t('selectedHint')}</span>
      <Button type="submit" variant="primary">
        <FlaskConical aria-hidden />
        {t('selected')}
      </Button>
    </form>
  );
}
