'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useContext } from 'react';
import { FormContext } from '~/components/form/form-context';
import { reloadPage } from '~/components/live/go';
import { CopyButton } from '~/components/record/copy-button';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import type { FormState, Unanswered } from '~/lib/form-state';

/** That nobody knows whether it was done, and that sending again is safe. */
export function UnansweredNotice({ state }: { state: Unanswered }) {
  const t = useTranslations('form');
  const before = useBefore();
  const needsReload = state.status === 'outdated' || (state.status === 'unanswered' && state.slow);
  const key = state.status === 'unanswered' && state.slow ? 'slow' : state.status;
  return (
    <Alert
      tone="warning"
      role="alert"
      title={t(`${key}.title`)}
      action={
        <div className="flex flex-wrap gap-2">
          {needsReload ? <Reload /> : null}
          <StartOver />
        </div>
      }
    >
      {t(`${key}.description`, { before })}
      {state.status === 'defect' ? (
        <span className="mt-1 flex items-center gap-1 text-muted-foreground text-xs">
          {t('code')} <span className="font-mono">{state.digest}</span>
          <CopyButton value={state.digest} label={t('code')} />
        </span>
      ) : null}
    </Alert>
  );
}

/** That what was sent before may be done, whatever is wrong with this one. */
export function EarlierNotice() {
  const t = useTranslations('form');
  return <p className="mt-2 text-muted-foreground text-sm">{t('earlier')}</p>;
}

/** Whether something was sent before that nobody answered, as the messages ask it. */
function useBefore(): 'unknown' | 'nothing' {
  return useContext(FormContext)?.isUnknown ? 'unknown' : 'nothing';
}

/** That nothing was sent now: nobody was signed in, somebody else, or who was didn't show that it is they. */
export function SenderNotice({
  state,
}: {
  state: Extract<FormState, { status: 'signed_out' | 'step_up' | 'other_operator' }>;
}) {
  const t = useTranslations('form');
  const before = useBefore();
  if (state.status !== 'other_operator') {
    const key = state.status === 'signed_out' ? 'signedOut' : 'stepUp';
    return (
      <Alert tone="warning" role="alert" title={t(`${key}.title`)}>
        {t(`${key}.description`, { before })}
      </Alert>
    );
  }
  return (
    <Alert tone="warning" role="alert" title={t('otherOperator.title', { name: state.name })}>
      {t('otherOperator.description', { before })}
    </Alert>
  );
}

/** What was typed here before and never sent is back in the fields. */
export function RestoredNotice() {
  const t = useTranslations('form');
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-sm">
      {t('restored')} <StartOver />
    </p>
  );
}

function Reload() {
  const t = useTranslations('form');
  return (
    <Button size="sm" onClick={() => void reloadPage()}>
      <RotateCw aria-hidden />
      {t('reload')}
    </Button>
  );
}

/** For whoever wants something else than what was sent. */
export function StartOver() {
  const t = useTranslations('form');
  const form = useContext(FormContext);
  return (
    <Button size="sm" variant="ghost" onClick={form?.startOver}>
      {t('startOver')}
    </Button>
  );
}
