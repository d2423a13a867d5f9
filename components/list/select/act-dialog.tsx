'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useRef, useState } from 'react';
import { SessionEnded } from '~/components/layout/session-ended';
import { StepUp } from '~/components/layout/step-up';
import { ActOutcome, hasNoAnswer } from '~/components/list/select/act-outcome';
import type { SelectableRow, SelectedAct } from '~/components/list/select/acts';
import { useDoing } from '~/components/list/select/use-doing';
import { useRefresh } from '~/components/live/go';
import { Money } from '~/components/money/money';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';
import { Label } from '~/components/ui/label';
import { ScrollList } from '~/components/ui/scroll-list';
import { Textarea } from '~/components/ui/textarea';

const REASON_MIN = 3;

type ActDialogProps = {
  act: SelectedAct;
  /** As they were when it was asked: a list that refreshes behind it changes nothing here. */
  rows: readonly SelectableRow[];
  onDone: (ids: readonly string[], isWhole: boolean) => void;
  onClose: () => void;
};

/** Asks once for all of them, shows how far it is, and says of each that was refused why. */
export function ActDialog({ act, rows, onDone, onClose }: ActDialogProps) {
  const t = useTranslations('common.select');
  const { refresh } = useRefresh();
  const { run, start, proof } = useDoing(act);
  const typed = useRef(new FormData());
  const isRunning = run !== null && !run.finished;

  async function doAll(those: readonly SelectableRow[]) {
    const outcomes = await start(those, typed.current);
    const done = outcomes.flatMap(({ row, state }) => (state.status === 'ok' ? row.id : []));
    refresh();
    onDone(done, done.length === those.length);
  }

  return (
    <Dialog open onOpenChange={(open) => (open || isRunning ? undefined : onClose())}>
      <DialogContent
        title={act.title}
        description={run ? undefined : act.consequence}
        className="sm:max-w-xl"
      >
        {run === null ? (
          <Question
            act={act}
            rows={rows}
            onSend={(data) => {
              typed.current = data;
              void doAll(rows);
            }}
          />
        ) : run.finished ? (
          <>
            <ActOutcome
              outcomes={run.outcomes}
              onRetry={() => void doAll(run.outcomes.filter(hasNoAnswer).map(({ row }) => row))}
            />
            <SessionEnded
              ended={run.outcomes.some(({ state }) => state.status === 'signed_out') ? run : null}
              isUnknown={run.outcomes.some(({ state }) => state.status === 'unanswered')}
            />
          </>
        ) : (
          <>
            <p role="status" className="text-sm">
              {t('progress', { done: run.outcomes.length, total: run.total })}
            </p>
            <progress
              aria-label={act.title}
              value={run.outcomes.length}
              max={run.total}
              className="h-2 w-full overflow-hidden rounded-full accent-primary"
            />
            <StepUp asked={proof} onProven={() => proof?.settle(true)} onClose={() => proof?.settle(false)} />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

type QuestionProps = Pick<ActDialogProps, 'act' | 'rows'> & { onSend: (data: FormData) => void };

function Question({ act, rows, onSend }: QuestionProps) {
  const t = useTranslations('common.select');
  const common = useTranslations('common');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if ((field.current?.value.trim().length ?? 0) >= REASON_MIN)
      return onSend(new FormData(event.currentTarget));
    setMissing(true);
    field.current?.focus();
  }

  return (
    <form onSubmit={submit} noValidate className="grid min-w-0 gap-4">
      <ScrollList label={t('label')} className="max-h-[30dvh] border">
        {rows.map(({ id: key, name, money }) => (
          <li key={key} className="flex justify-between gap-4 border-b px-3.5 py-2 last:border-b-0">
            <span className="min-w-0 break-words">{name}</span>
            {money ? <Money {...money} className="shrink-0" /> : null}
          </li>
        ))}
      </ScrollList>
      {act.fields}
      <div className="grid gap-1.5">
        <Label htmlFor={id}>{t('reason')}</Label>
        <Textarea
          ref={field}
          id={id}
          name="reason"
          rows={2}
          maxLength={500}
          required
          aria-invalid={isMissing || undefined}
          aria-describedby={isMissing ? `${id}-error` : undefined}
        />
        {isMissing ? (
          <p id={`${id}-error`} role="alert" className="font-medium text-danger text-sm">
            {t('reasonMissing')}
          </p>
        ) : null}
      </div>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{common('cancel')}</Button>
        </DialogClose>
        <Button type="submit" variant={act.danger ? 'danger' : 'primary'}>
          {act.label} ({rows.length})
        </Button>
      </DialogFooter>
    </form>
  );
}
