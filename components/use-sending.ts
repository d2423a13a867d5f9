import { unstable_isUnrecognizedActionError, unstable_rethrow, useRouter } from 'next/navigation';
import {
  type FormEvent,
  type RefObject,
  startTransition,
  useActionState,
  useContext,
  useEffect,
  useRef,
  useState,
  useTransition,
} from 'react';
import {
  announceTyped,
  type Draft,
  draftKey,
  dropDraft,
  readDraft,
  saveDraft,
  typedValues,
  typeIn,
} from '~/components/form-draft';
import { OperatorContext } from '~/components/operator-context';
import { FILLED_IN_BY, type FormState, LOOKED_AT, type Unanswered } from '~/lib/form-state';

export type FormAction<Look = unknown> = (state: FormState, data: FormData) => Promise<FormState<Look>>;

/** Longer than anything takes that is still under way; whoever waits for more is told. */
const PATIENCE_MS = 60_000;

const IDLE: FormState<never> = { status: 'idle' };
/** What was sent before a reload. */
const CUT: Unanswered = { status: 'unanswered', slow: false };

type Done = Extract<FormState, { status: 'ok' }>;

/**
 * Sends a form, and never loses or repeats what it asks: under one request id from its appearance until it worked,
 * through lost answers, ended sessions, reloads and ways back. `onDone` is told before the page changes.
 */
export function useSending<Look>(
  action: FormAction<Look>,
  form: RefObject<HTMLFormElement | null>,
  onDone: (state: Done) => void,
) {
  const router = useRouter();
  const draft = useDraft(form);
  const [leaving, startLeaving] = useTransition();
  const isBusy = useRef(false);
  const [state, dispatch, sending] = useActionState<FormState<Look>, FormData>(async (_previous, data) => {
    const next = await answerOf(action(IDLE, data));
    isBusy.current = false;
    draft.settle(next);
    if (next.status === 'ok') onDone(next);
    return next;
  }, IDLE);
  const [left, setLeft] = useState<FormState<Look> | null>(null);
  const shown =
    state !== left && state.status !== 'idle' ? state : draft.wasCut && state !== left ? CUT : IDLE;
  const isPending = sending || leaving;

  useEffect(() => {
    if (state.status !== 'ok') return;
    const { to } = state;
    if (to === undefined) form.current?.reset();
    else startLeaving(() => router.push(to as Parameters<typeof router.push>[0]));
  }, [state, form, router]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    if (isBusy.current || isPending || !draft.isReady) return;
    isBusy.current = true;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const data = new FormData(event.currentTarget, submitter);
    if (shown.status === 'look') data.set(LOOKED_AT, 'on');
    draft.sign(data, event.currentTarget);
    startTransition(() => dispatch(data));
  }

  const { isReady, startOver } = draft;
  return { state: shown, submit, isPending, isReady, startOver, edit: () => setLeft(state) };
}

/** What came back, or what it means that nothing did. */
async function answerOf<Look>(answer: Promise<FormState<Look>>): Promise<FormState<Look>> {
  try {
    return await Promise.race([answer, slow()]);
  } catch (error) {
    unstable_rethrow(error);
    return unansweredBy(error);
  }
}

function slow(): Promise<Unanswered> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, { status: 'unanswered', slow: true }));
}

function unansweredBy(error: unknown): Unanswered {
  if (unstable_isUnrecognizedActionError(error)) return { status: 'outdated' };
  const { digest } = error as { digest?: unknown };
  return typeof digest === 'string' ? { status: 'defect', digest } : { status: 'unanswered', slow: false };
}

/** The request id of a form and who fills it in; what was typed, while nobody knows what became of it. */
function useDraft(form: RefObject<HTMLFormElement | null>) {
  const operatorId = useContext(OperatorContext);
  const own = useRef({ requestId: '', owner: operatorId, key: '' });
  const [isReady, setReady] = useState(false);
  const [wasCut, setCut] = useState(false);

  // Once, as the form appears: in the browser, and as soon as its scripts are alive.
  useEffect(() => {
    const element = form.current;
    if (!element || own.current.key !== '') return;
    own.current.key = draftKey(element);
    const draft = readDraft(own.current.key, own.current.owner);
    own.current.requestId = draft?.requestId ?? newId();
    if (draft) typeInAll(element, draft.values);
    else announceTyped(element);
    setCut(draft !== null);
    setReady(true);
  }, [form]);

  return {
    isReady,
    wasCut,
    /** Says under which id and by whom it is sent, and keeps what was typed until the answer. */
    sign(data: FormData, element: HTMLFormElement) {
      const { requestId, owner, key } = own.current;
      data.set('requestId', requestId);
      if (owner !== null) data.set(FILLED_IN_BY, owner);
      saveDraft(key, { requestId, owner, values: typedValues(element) });
    },
    settle(state: FormState<unknown>) {
      if (['ok', 'look', 'invalid', 'error'].includes(state.status)) dropDraft(own.current.key);
      if (state.status === 'other_operator') own.current.owner = state.id;
      if (state.status === 'ok' || state.status === 'other_operator') own.current.requestId = newId();
    },
    startOver() {
      dropDraft(own.current.key);
      location.reload();
    },
  };
}

/** What a choice brings in is there a moment after the choice. */
function typeInAll(form: HTMLFormElement, values: Draft['values']): void {
  const left = typeIn(form, values);
  if (left.length > 0) setTimeout(() => typeIn(form, left));
}

/** crypto.randomUUID exists only over https and on localhost; this is the same, anywhere. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
