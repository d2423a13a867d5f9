'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { newId } from '~/components/form/new-id';
import { useRefresh } from '~/components/live/go';
import { toast } from '~/components/ui/toast';
import { documentRefusal } from '~/lib/entities/kyb-document';
import { type DocumentSlot, slotId } from '~/lib/entities/kyb-slots';
import { sortIntoSlots } from '~/lib/entities/kyb-sorting';
import type { ErrorCode, ErrorDetails } from '~/lib/errors';

export type Trouble =
  | { kind: 'field'; key: string }
  | { kind: 'failure'; code: ErrorCode; details: ErrorDetails }
  | { kind: 'noConnection' | 'signedOut' | 'failed' };

export type Upload = {
  id: string;
  file: File;
  /** Which document it is, as slotId() names it; null while nobody said. */
  slot: string | null;
  /** Of this file in this slot: sent again it is the one upload. */
  requestId: string;
  state: 'waiting' | 'refused' | 'sending' | 'sent' | 'failed';
  /** How much of it has gone, of one. */
  progress: number;
  trouble: Trouble | null;
};

type Asked = {
  entityId: string;
  onboardingId: string;
  slots: readonly DocumentSlot[];
  earlier: Record<string, string>;
};

export type Uploads = ReturnType<typeof useUploads>;

/** The files that were dropped: sorted into their slots, moved by the operator, sent one after the other. */
export function useUploads({ entityId, onboardingId, slots, earlier }: Asked) {
  const t = useTranslations('entities.documents');
  const { refresh } = useRefresh();
  const [items, setItems] = useState<readonly Upload[]>([]);
  const [busy, setBusy] = useState(false);
  const serial = useRef(0);
  const all = useRef(items);

  /** What is shown and what the next step of an upload goes by are one. */
  function set(next: readonly Upload[]) {
    all.current = next;
    setItems(next);
  }
  const change = (id: string, facts: Partial<Upload>) =>
    set(all.current.map((item) => (item.id === id ? { ...item, ...facts } : item)));

  async function add(files: readonly File[], into?: string) {
    const refusals = await Promise.all(files.map(documentRefusal));
    const good = files.filter((_, at) => refusals[at] === null);
    const taken = new Set(all.current.map(({ slot }) => slot));
    const free = slots.filter((slot) => !taken.has(slotId(slot)));
    const found = into ? good.map((_, at) => (at === 0 ? into : null)) : sortIntoSlots(good, free, earlier);
    const added = files.map((file, at): Upload => {
      serial.current += 1;
      const refusal = refusals[at] ?? null;
      const base = { id: String(serial.current), requestId: newId(), file, progress: 0 };
      if (refusal) return { ...base, slot: null, state: 'refused', trouble: { kind: 'field', key: refusal } };
      return { ...base, slot: found[good.indexOf(file)] ?? null, state: 'waiting', trouble: null };
    });
    // What was chosen for a slot by hand takes the place of what waited for it.
    const kept = into
      ? all.current.map((item) => (item.slot === into ? { ...item, slot: null } : item))
      : all.current;
    set([...kept, ...added]);
  }

  /** A slot has one file: the two change places. */
  function move(id: string, slot: string | null) {
    const from = all.current.find((item) => item.id === id)?.slot ?? null;
    set(
      all.current.map((item) => {
        if (item.id === id) return { ...item, slot, requestId: newId() };
        return slot !== null && item.slot === slot ? { ...item, slot: from, requestId: newId() } : item;
      }),
    );
  }

  const remove = (id: string) => set(all.current.filter((item) => item.id !== id));

  async function send(which: readonly Upload[]) {
    setBusy(true);
    let sent = 0;
    // One after the other: each answer is the whole file as Fintoc has it then.
    for (const { id } of which) {
      const item = all.current.find((one) => one.id === id);
      if (!item?.slot) continue;
      change(id, { state: 'sending', progress: 0, trouble: null });
      const trouble = await post(entityId, formOf(onboardingId, item), (progress) =>
        change(id, { progress }),
      );
      change(id, trouble ? { state: 'failed', trouble } : { state: 'sent', progress: 1 });
      if (!trouble) sent += 1;
    }
    setBusy(false);
    if (sent > 0) {
      toast.success(t('sentSome', { count: sent }));
      set(all.current.filter(({ state }) => state !== 'sent'));
      refresh();
    }
  }

  return { items, busy, add, move, remove, send };
}

function formOf(onboardingId: string, { file, slot, requestId }: Upload): FormData {
  const form = new FormData();
  form.set('requestId', requestId);
  form.set('onboardingId', onboardingId);
  for (const [name, value] of Object.entries(JSON.parse(slot ?? '{}') as Record<string, string>))
    form.set(name, value);
  form.set('file', file);
  return form;
}

/** XMLHttpRequest, because fetch doesn't tell how much has gone. Answers what went wrong, null where nothing did. */
function post(entityId: string, form: FormData, onProgress: (part: number) => void): Promise<Trouble | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/entities/${encodeURIComponent(entityId)}/documents`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => resolve({ kind: 'noConnection' });
    request.onload = () => resolve(request.status < 300 ? null : troubleOf(request.status, request.response));
    request.send(form);
  });
}

function troubleOf(status: number, told: unknown): Trouble {
  if (status === 401) return { kind: 'signedOut' };
  const { code, details, fields } = (told ?? {}) as {
    code?: string;
    details?: ErrorDetails;
    fields?: Record<string, string>;
  };
  const field = fields?.file;
  if (field) return { kind: 'field', key: field };
  if (!code || code === 'failed' || code === 'invalid') return { kind: 'failed' };
  return { kind: 'failure', code: code as ErrorCode, details: details ?? {} };
}
