'use client';

import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useContext, useEffect } from 'react';
import {
  type Conflict,
  conflictOf,
  type SaveState,
} from '~/app/(console)/entities/[id]/onboarding/use-autosave';
import { FormContext } from '~/components/form/form-context';
import { reloadPage } from '~/components/live/go';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { cn } from '~/components/ui/cn';

type SaveStatusProps = {
  state: SaveState;
  /** Who saved it last, where that was somebody before this form was opened. */
  savedBy: string | null;
  overwrite: (version: number) => void;
  stop: (conflict: Conflict) => void;
};

/** Whether what was typed is kept, and what to do where somebody else saved the same step. */
export function SaveStatus({ state, savedBy, overwrite, stop }: SaveStatusProps) {
  const form = useContext(FormContext)?.state;

  // The step's own button met it first.
  useEffect(() => {
    if (form?.status === 'error' && form.code === 'draft_changed') stop(conflictOf(form.details));
  }, [form, stop]);

  return (
    <div className="grid gap-3">
      {state.kind === 'conflict' ? <Clash conflict={state} overwrite={overwrite} /> : null}
      <p role="status" className="flex min-h-5 items-start gap-1.5 text-muted-foreground text-sm">
        <Words state={state} savedBy={savedBy} />
      </p>
    </div>
  );
}

function Words({ state, savedBy }: Pick<SaveStatusProps, 'state' | 'savedBy'>) {
  const t = useTranslations('entities.save');
  switch (state.kind) {
    case 'idle':
      return t('idle');
    case 'saving':
      return <Said icon={<LoaderCircle className="animate-spin" />}>{t('saving')}</Said>;
    case 'saved': {
      const time = () => <Timestamp at={state.at} format={savedBy ? 'datetime' : 'time'} />;
      return (
        <Said icon={<CircleCheck className="text-success" />}>
          {savedBy ? t.rich('savedBy', { name: savedBy, time }) : t.rich('saved', { time })}
        </Said>
      );
    }
    case 'offline':
      return <Trouble>{t('offline')}</Trouble>;
    case 'signed_out':
      return (
        <Trouble>
          {t.rich('signedOut', {
            link: (words) => (
              <a
                href="/login"
                target="_blank"
                rel="noreferrer"
                className="text-link underline underline-offset-2"
              >
                {words}
              </a>
            ),
          })}
        </Trouble>
      );
    case 'refused':
      return <Trouble>{t('refused')}</Trouble>;
    case 'conflict':
      return null;
  }
}

function Said({ icon, children, className }: { icon: ReactNode; children: ReactNode; className?: string }) {
  return (
    <span className={cn('inline-flex items-start gap-1.5', className)}>
      <span aria-hidden className="mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
        {icon}
      </span>
      <span>{children}</span>
    </span>
  );
}

function Trouble({ children }: { children: ReactNode }) {
  return (
    <Said icon={<CircleAlert />} className="font-medium text-danger">
      {children}
    </Said>
  );
}

function Clash({ conflict, overwrite }: { conflict: Conflict; overwrite: (version: number) => void }) {
  const t = useTranslations('entities.save');
  const { by, own, at, version } = conflict;
  return (
    <Alert tone="warning" role="alert" title={own ? t('conflictOwn') : t('conflict', { name: by })}>
      {t.rich('conflictText', { time: () => <Timestamp at={at} format="time" /> })}
      <span className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => void reloadPage()}>
          {t('theirs')}
        </Button>
        <Button size="sm" onClick={() => overwrite(version)}>
          {t('mine')}
        </Button>
      </span>
    </Alert>
  );
}
