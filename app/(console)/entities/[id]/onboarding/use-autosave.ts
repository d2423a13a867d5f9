'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useRefresh } from '~/components/live/go';
import type { Answers, KybPart } from '~/lib/entities/kyb-parts';

/** What became of what was typed. */
export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'offline' }
  | { kind: 'signed_out' }
  | { kind: 'refused' }
  | ({ kind: 'conflict' } & Conflict);

/** Who saved on top of what this form began with. */
export type Conflict = { by: string; own: boolean; at: string; version: number };

const REST_MS = 600;
const RETRY_MS = 4_000;
/** What goes along unseen and is no answer. */
const NOT_ANSWERS = new Set(['requestId', 'entityId', 'part', 'version', 'editor', 'sequence']);

type Asked = { entityId: string; part: KybPart; version: number; savedAt: string | null };

/**
 * Keeps what is typed in a form, a moment after it is typed and when the page goes. One saving is under way at a time;
 * each says which one of this form it is, so that a late one undoes nothing.
 */
export function useAutosave(box: RefObject<HTMLElement | null>, asked: Asked) {
  const { entityId, part } = asked;
  const [state, setState] = useState<SaveState>(
    asked.savedAt ? { kind: 'saved', at: asked.savedAt } : { kind: 'idle' },
  );
  const [version, setVersion] = useState(asked.version);
  const [sequence, setSequence] = useState(0);
  const work = useRef<Work>({
    ...{ answers: {}, version, editor: '' },
    sequence: 0,
    sent: 0,
    stopped: false,
  });
  const editor = useEditor(work);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = useCallback(
    async function send(): Promise<void> {
      const now = work.current;
      clearTimeout(timer.current);
      if (now.busy || now.stopped || now.sent >= now.sequence) return;
      now.busy = true;
      const { sequence } = now;
      setState({ kind: 'saving' });
      const next = await put(entityId, bodyOf(part, now));
      now.busy = false;
      if (next.kind === 'saved') {
        now.sent = sequence;
        now.version = next.version;
        setVersion(next.version);
        if (now.sequence > sequence) return send();
      }
      now.stopped = next.kind === 'conflict' || next.kind === 'refused';
      setState(next);
      if (next.kind === 'offline' || next.kind === 'signed_out') timer.current = setTimeout(send, RETRY_MS);
    },
    [entityId, part],
  );

  /** Something was typed, chosen, added or taken away. */
  const note = useCallback(() => {
    const form = box.current?.querySelector('form');
    if (!form) return;
    work.current.answers = answersIn(form);
    work.current.sequence += 1;
    setSequence(work.current.sequence);
    clearTimeout(timer.current);
    timer.current = setTimeout(send, REST_MS);
  }, [box, send]);

  useCatchUp(asked, work);
  useFlush(work, () => {
    clearTimeout(timer.current);
    return { entityId, part, body: bodyOf(part, work.current) };
  });

  useAgain(send);

  /** Saves on top of what somebody else saved. */
  const overwrite = useCallback(
    (over: number) => {
      Object.assign(work.current, { version: over, stopped: false });
      setVersion(over);
      note();
    },
    [note],
  );
  /** Nothing more is saved until somebody chose which of two to go on with. */
  const stop = useCallback((conflict: Conflict) => {
    work.current.stopped = true;
    setState({ kind: 'conflict', ...conflict });
  }, []);
  // Odd numbers are those of the step's own button, so that each is after the savings before it and before those after.
  const hidden = useMemo(
    () => ({ version: String(version), editor, sequence: String(sequence * 2 + 1) }),
    [version, editor, sequence],
  );
  return { state, hidden, note, overwrite, stop };
}

type Work = {
  answers: Answers;
  version: number;
  editor: string;
  sequence: number;
  sent: number;
  busy?: boolean;
  stopped: boolean;
};

/** This form's own name, from when the browser has it. */
function useEditor(work: RefObject<Work>): string {
  const [editor, setEditor] = useState('');
  useEffect(() => {
    work.current.editor = newEditor();
    setEditor(work.current.editor);
  }, [work]);
  return editor;
}

/** Whoever comes back to the page, or to the network, has it sent. */
function useAgain(send: () => Promise<void>): void {
  useEffect(() => {
    const again = () => void send();
    window.addEventListener('online', again);
    window.addEventListener('focus', again);
    return () => {
      window.removeEventListener('online', again);
      window.removeEventListener('focus', again);
    };
  }, [send]);
}

/** What wasn't sent yet goes with the page: the browser sends it also when the page is gone. */
function useFlush(work: RefObject<Work>, last: () => { entityId: string; part: KybPart; body: string }) {
  const flush = useRef(() => undefined as undefined);
  flush.current = () => {
    const now = work.current;
    if (now.stopped || now.sent >= now.sequence) return;
    const { entityId, part, body } = last();
    now.sent = now.sequence;
    leaveMark(entityId, part, now.version);
    void fetch(address(entityId), { method: 'PUT', headers: JSON_TYPE, body, keepalive: true }).catch(
      () => undefined,
    );
  };
  useEffect(() => {
    const go = () => flush.current();
    window.addEventListener('pagehide', go);
    return () => window.removeEventListener('pagehide', go);
  }, []);
  useLayoutEffect(() => () => flush.current(), []);
}

const CATCH_UP_MS = 10_000;

/**
 * What went with the page may arrive after the page that comes next was read: until it shows the saving, it is read
 * again. Nobody's typing is taken away for it.
 */
function useCatchUp({ entityId, part, version }: Asked, work: RefObject<Work>): void {
  const { refresh } = useRefresh();
  useEffect(() => {
    const key = markOf(entityId, part);
    const mark = readMark(key);
    if (mark === null || mark.version < version) {
      clearMark(key);
      return;
    }
    const asking = setInterval(() => {
      if (work.current.sequence > 0 || Date.now() - mark.at > CATCH_UP_MS) {
        clearInterval(asking);
        clearMark(key);
      } else refresh();
    }, 700);
    return () => clearInterval(asking);
  }, [entityId, part, version, refresh, work]);
}

const markOf = (entityId: string, part: KybPart) => `kyb-draft ${entityId} ${part}`;

/** When something went with the page, and on top of which saving; never what. */
function leaveMark(entityId: string, part: KybPart, version: number): void {
  try {
    sessionStorage.setItem(markOf(entityId, part), JSON.stringify({ version, at: Date.now() }));
  } catch {
    // A browser that keeps nothing: the next page may be one saving behind until it is read again.
  }
}

function readMark(key: string): { version: number; at: number } | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function clearMark(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // As above: there is none.
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };
const address = (entityId: string) => `/api/entities/${encodeURIComponent(entityId)}/draft`;

function bodyOf(part: KybPart, { answers, version, editor, sequence }: Work): string {
  return JSON.stringify({ part, answers, version, editor, sequence: sequence * 2 });
}

type Ended =
  | Exclude<SaveState, { kind: 'idle' | 'saving' | 'saved' }>
  | { kind: 'saved'; at: string; version: number };

async function put(entityId: string, body: string): Promise<Ended> {
  try {
    const response = await fetch(address(entityId), { method: 'PUT', headers: JSON_TYPE, body });
    if (response.status === 401) return { kind: 'signed_out' };
    const told = (await response.json()) as {
      savedAt?: string;
      version?: number;
      code?: string;
      details?: Told;
    };
    if (response.ok && told.savedAt && told.version)
      return { kind: 'saved', at: told.savedAt, version: told.version };
    if (told.code === 'draft_changed' && told.details)
      return { kind: 'conflict', ...conflictOf(told.details) };
    return response.status < 500 ? { kind: 'refused' } : { kind: 'offline' };
  } catch {
    return { kind: 'offline' };
  }
}

type Told = Record<string, string | number>;

/** The details of `draft_changed`. */
export function conflictOf({ by, own, at, version }: Told): Conflict {
  return { by: String(by), own: own === 1, at: String(at), version: Number(version) };
}

function answersIn(form: HTMLFormElement): Answers {
  return Object.fromEntries(
    [...new FormData(form).entries()].filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' &&
        !NOT_ANSWERS.has(entry[0]) &&
        !entry[0].startsWith('$') &&
        entry[1] !== '',
    ),
  );
}

function newEditor(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
