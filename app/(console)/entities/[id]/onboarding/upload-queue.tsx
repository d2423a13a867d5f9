'use client';

import { CircleAlert, CircleCheck, FileText, LoaderCircle, RotateCw, X } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { Trouble, Upload, Uploads } from '~/app/(console)/entities/[id]/onboarding/use-uploads';
import { useSlotName } from '~/app/(console)/entities/[id]/slot-name';
import { useFailureMessage, useFieldMessage } from '~/components/form/form-messages';
import { ProgressBar } from '~/components/record/progress-bar';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Select, type SelectOption } from '~/components/ui/select';
import { type DocumentSlot, slotId } from '~/lib/entities/kyb-slots';

type UploadQueueProps = { uploads: Uploads; slots: readonly DocumentSlot[] };

/** The files that wait to be sent, each with the document that it seems to be. */
export function UploadQueue({ uploads, slots }: UploadQueueProps) {
  const t = useTranslations('entities.documents');
  const nameOf = useSlotName();
  const { items, busy, move, remove, send } = uploads;
  const ready = items.filter(({ state, slot }) => state === 'waiting' && slot !== null);
  const unsorted = items.filter(({ state, slot }) => state === 'waiting' && slot === null).length;
  const going = items.filter(({ state }) => state === 'sending' || state === 'sent' || state === 'failed');
  const options = slots.map((slot) => ({ value: slotId(slot), label: nameOf(slot) }));
  return (
    <Card className="p-4 sm:p-5">
      <h3 className="mb-2 font-medium text-sm">{t('queue')}</h3>
      <ul className="grid">
        {items.map((item) => (
          <Item
            key={item.id}
            item={item}
            options={options}
            busy={busy}
            onMove={(slot) => move(item.id, slot)}
            onRemove={() => remove(item.id)}
            onRetry={() => send([item])}
          />
        ))}
      </ul>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-3 border-t pt-4">
        <span role="status" className="text-muted-foreground text-sm tabular-nums">
          {busy
            ? t('sending', {
                done: going.filter(({ state }) => state !== 'sending').length + 1,
                total: going.length + ready.length,
              })
            : unsorted > 0
              ? t('unsortedLeft', { count: unsorted })
              : ''}
        </span>
        <Button variant="primary" disabled={busy || ready.length === 0} onClick={() => send(ready)}>
          {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
          {t('send', { count: ready.length })}
        </Button>
      </div>
    </Card>
  );
}

type ItemProps = {
  item: Upload;
  options: readonly SelectOption[];
  busy: boolean;
  onMove: (slot: string | null) => void;
  onRemove: () => void;
  onRetry: () => void;
};

function Item({ item, options, busy, onMove, onRemove, onRetry }: ItemProps) {
  const t = useTranslations('entities.documents');
  const formatter = useFormatter();
  const { file, state, slot, progress, trouble } = item;
  const movable = state === 'waiting' || state === 'failed';
  const small = file.size < 1_048_576;
  const size = formatter.number(Math.max(file.size / (small ? 1_024 : 1_048_576), small ? 1 : 0), {
    style: 'unit',
    unit: small ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: small ? 0 : 1,
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 border-t py-2.5 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,18rem)_auto]">
      <span className="flex min-w-0 items-start gap-2 text-sm">
        <Mark state={state} />
        <span className="min-w-0">
          <span className="block truncate font-medium" title={file.name}>
            {file.name}
          </span>
          <span className="block text-muted-foreground tabular-nums">{size}</span>
        </span>
      </span>
      <div className="max-sm:order-1 max-sm:col-span-2 max-sm:empty:hidden">
        {state === 'sending' ? (
          <ProgressBar label={t('progressOf', { file: file.name })} value={progress} most={1} />
        ) : movable ? (
          <Select
            aria-label={t('slotOf', { file: file.name })}
            placeholder={t('unsorted')}
            options={options}
            value={slot ?? ''}
            disabled={busy}
            onChange={({ target }) => onMove(target.value || null)}
          />
        ) : null}
      </div>
      <span className="flex items-center justify-end gap-1">
        {state === 'failed' ? (
          <Button size="sm" disabled={busy} aria-label={t('retryOf', { file: file.name })} onClick={onRetry}>
            <RotateCw aria-hidden />
            {t('retry')}
          </Button>
        ) : null}
        <Button
          variant="ghost"
          size="icon"
          disabled={busy}
          aria-label={t('removeOf', { file: file.name })}
          onClick={onRemove}
        >
          <X aria-hidden />
        </Button>
      </span>
      {trouble ? (
        <p role="alert" className="order-2 col-span-2 font-medium text-danger text-sm sm:col-span-3">
          <Words trouble={trouble} />
        </p>
      ) : null}
    </li>
  );
}

const MARKS = {
  waiting: { icon: FileText, looks: 'text-muted-foreground' },
  refused: { icon: CircleAlert, looks: 'text-danger' },
  failed: { icon: CircleAlert, looks: 'text-danger' },
  sending: { icon: LoaderCircle, looks: 'animate-spin text-info' },
  sent: { icon: CircleCheck, looks: 'text-success' },
} as const;

function Mark({ state }: { state: Upload['state'] }) {
  const { icon: Icon, looks } = MARKS[state];
  return <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${looks}`} />;
}

function Words({ trouble }: { trouble: Trouble }) {
  const t = useTranslations('entities.documents');
  const fieldMessage = useFieldMessage();
  const failureMessage = useFailureMessage();
  if (trouble.kind === 'field') return fieldMessage(trouble.key);
  if (trouble.kind === 'failure') return failureMessage(trouble);
  return t(trouble.kind);
}
