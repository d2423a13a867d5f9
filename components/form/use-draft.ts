import { type RefObject, useContext, useEffect, useRef, useState } from 'react';
import {
  announceTyped,
  changedValues,
  type Draft,
  draftKey,
  dropDraft,
  initialValues,
  readDraft,
  saveDraft,
  type Typed,
  typedValues,
  typeIn,
} from '~/components/form/form-draft';
import { newId } from '~/components/form/new-id';
import { OperatorContext } from '~/components/layout/operator-context';
import { reloadPage } from '~/components/live/go';
import { FILLED_IN_BY, type FormState } from '~/lib/form-state';

/** Not at every key: the page says in time when it goes. */
const TYPING_PAUSE_MS = 300;
/** Nothing was done by this sending, and whoever reads the answer knows it. */
const UNDONE: readonly FormState['status'][] = [
  'look',
  'invalid',
  'error',
  'signed_out',
  'step_up',
  'other_operator',
  'outdated',
];

type Own = Omit<Draft, 'values'> & {
  key: string;
  /**
   * A sending under this id was never answered. What becomes of the next one says nothing of it: only that it worked
   * does, or that somebody starts over.
   */
  isUnknown: boolean;
  /** Somebody typed since it appeared, or since it worked. */
  isTouched: boolean;
  /** What stood in its fields before. */
  before: Typed;
};

/**
 * What is typed into a form, and the request id that it goes under: kept from the first key until it worked, through
 * reloads and ways back. Whoever closes a dialog that was not sent throws its text away.
 */
export function useDraft(form: RefObject<HTMLFormElement | null>, act: string) {
  const operatorId = useContext(OperatorContext);
  const own = useRef<Own>({
    requestId: '',
    owner: operatorId,
    isSent: false,
    key: '',
    isUnknown: false,
    isTouched: false,
    before: [],
  });
  const [isReady, setReady] = useState(false);
  const [found, setFound] = useState<'sent' | 'typed' | null>(null);
  const [isUnknown, setUnknown] = useState(false);

  // Once, as the form appears: in the browser, and as soon as its scripts are alive.
  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const stop = keepTyped(element, own.current);
    if (own.current.key !== '') return stop;
    own.current.key = draftKey(act, element);
    own.current.before = initialValues(element);
    const draft = readDraft(own.current.key, own.current.owner);
    own.current.requestId = draft?.requestId ?? newId();
    own.current.isSent = draft?.isSent ?? false;
    own.current.isUnknown = own.current.isSent;
    if (draft) typeInAll(element, draft.values);
    else announceTyped(element);
    setFound(draft && (draft.isSent ? 'sent' : 'typed'));
    setUnknown(own.current.isUnknown);
    setReady(true);
    return stop;
  }, [form, act]);

  return {
    isReady,
    found,
    isUnknown,
    /** Says under which id and by whom it is sent, and keeps what was typed until the answer. */
    sign(data: FormData, element: HTMLFormElement) {
      own.current.isSent = true;
      data.set('requestId', own.current.requestId);
      if (own.current.owner !== null) data.set(FILLED_IN_BY, own.current.owner);
      keep(element, own.current);
    },
    settle(state: FormState<unknown>) {
      if (state.status === 'ok') {
        forget(own.current);
        own.current.requestId = newId();
        setFound(null);
      } else if (leavesUnknown(state)) own.current.isUnknown = true;
      if (state.status === 'other_operator') {
        own.current.owner = state.id;
        // Under the id of what may be done already, it is found out; under a new one it would be done twice.
        if (!own.current.isUnknown) own.current.requestId = newId();
      }
      if (UNDONE.includes(state.status)) {
        own.current.isSent = own.current.isUnknown;
        if (form.current) keep(form.current, own.current);
      }
      setUnknown(own.current.isUnknown);
    },
    startOver() {
      forget(own.current);
      void reloadPage();
    },
  };
}

/** It was not answered, or refused because something stands under its id already. */
function leavesUnknown(state: FormState<unknown>): boolean {
  return (
    state.status === 'unanswered' ||
    state.status === 'defect' ||
    (state.status === 'error' && state.code === 'request_reused')
  );
}

function forget(own: Own): void {
  dropDraft(own.key);
  own.isSent = false;
  own.isUnknown = false;
  own.isTouched = false;
}

/** Keeps what is typed as it is typed, and when the page goes. Answers how to stop. */
function keepTyped(form: HTMLFormElement, own: Own): () => void {
  const isPassing = form.closest('[role=dialog], [role=alertdialog]') !== null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    clearTimeout(timer);
    if (own.isTouched) keep(form, own);
  };
  // What the page itself put there meanwhile is nobody's typing.
  const begin = () => {
    if (!own.isTouched && !own.isSent) own.before = typedValues(form);
  };
  const soon = () => {
    own.isTouched = true;
    clearTimeout(timer);
    timer = setTimeout(now, TYPING_PAUSE_MS);
  };
  form.addEventListener('focusin', begin);
  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
  window.addEventListener('pagehide', now);
  return () => {
    form.removeEventListener('focusin', begin);
    form.removeEventListener('input', soon);
    form.removeEventListener('change', soon);
    window.removeEventListener('pagehide', now);
    if (isPassing && !own.isSent) forget(own);
    else now();
  };
}

function keep(form: HTMLFormElement, { key, requestId, owner, isSent, before }: Own): void {
  const now = typedValues(form);
  const values = isSent ? now : changedValues(before, now);
  if (values.length === 0 && !isSent) dropDraft(key);
  else saveDraft(key, { requestId, owner, isSent, values });
}

/** What a choice brings in is there a moment after the choice. */
function typeInAll(form: HTMLFormElement, values: Typed): void {
  const left = typeIn(form, values);
  if (left.length > 0) setTimeout(() => typeIn(form, left));
}
