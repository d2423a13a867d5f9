import { unstable_isUnrecognizedActionError } from 'next/navigation';
import {
  type FormEvent,
  type RefObject,
  startTransition,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { useDraft } from '~/components/form/use-draft';
import { reportAnswer, reportReached, useIsLost } from '~/components/live/connection';
import { useGo } from '~/components/live/go';
import { type FormState, LEAFS_TO, LOOKED_AT, type Unanswered } from '~/lib/form-state';

export type FormAction<Look = unknown> = (state: FormState, data: FormData) => Promise<FormState<Look>>;

/** Longer than anything takes that is still under way; whoever waits for more is told. */
const PATIENCE_MS = 60_000;

type Sent<Look> = { state: FormState<Look>; sending: boolean };

const IDLE: FormState<never> = { status: 'idle' };
/** What was sent before a reload. */
const CUT: Unanswered = { status: 'unanswered', slow: false };

type Done = Extract<FormState, { status: 'ok' }>;

/**
 * Sends a form, and never loses or repeats what it asks: under one request id from its appearance until it worked,
 * through lost answers, ended sessions, reloads and ways back. `onDone` is told once it worked, where it leads to another page
 * once that is on its way: a dialog that closed at once would take its form away before it led anywhere.
 */
export function useSending<Look>(
  { act, action }: { act: string; action: FormAction<Look> },
  form: RefObject<HTMLFormElement | null>,
  onDone: (state: Done) => void,
) {
  const draft = useDraft(form, act);
  const isBusy = useRef(false);
  const last = useRef<FormData | null>(null);
  const [{ state, sending }, setSent] = useState<Sent<Look>>({ state: IDLE, sending: false });
  const [left, setLeft] = useState<FormState<Look> | null>(null);

  async function send(data: FormData) {
    setSent({ state, sending: true });
    const next = await answerOf(action(IDLE, data));
    isBusy.current = false;
    draft.settle(next);
    const settled = () => setSent({ state: next, sending: false });
    // Next renders nothing new while it waits for an answer: that none comes must not wait for it too. What worked is
    // shown together with what it changed.
    if (next.status !== 'ok') return settled();
    if (next.to === undefined) onDone(next);
    startTransition(settled);
  }

  const shown =
    state !== left && state.status !== 'idle' ? state : draft.found === 'sent' && state !== left ? CUT : IDLE;
  const isPending = useLeaving(state, onDone) || sending;

  useEffect(() => {
    if (state.status === 'ok' && state.to === undefined) form.current?.reset();
  }, [state, form]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    if (isBusy.current || isPending || !draft.isReady) return;
    isBusy.current = true;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const data = new FormData(event.currentTarget, submitter);
    if (shown.status === 'look' && !data.has(LEAFS_TO)) data.set(LOOKED_AT, 'on');
    draft.sign(data, event.currentTarget);
    last.current = data;
    void send(data);
  }

  /** The very same again, for who showed meanwhile that it is they. */
  function sendAgain() {
    if (isBusy.current || !last.current || !form.current) return;
    isBusy.current = true;
    draft.sign(last.current, form.current);
    void send(last.current);
  }

  const { isReady, isUnknown, startOver } = draft;
  return {
    state: shown,
    isUnknown,
    submit,
    sendAgain,
    isPending,
    isReady,
    isRestored: draft.found === 'typed',
    startOver,
    edit: () => setLeft(state),
  };
}

/** Goes on to what was made; without a connection, once there is one again. Answers whether it is still on the way. */
function useLeaving(state: FormState<unknown>, onDone: (state: Done) => void): boolean {
  const { go, isGoing } = useGo();
  const isLost = useIsLost();
  const [gone, setGone] = useState<FormState<unknown> | null>(null);
  const to = state.status === 'ok' ? state.to : undefined;
  const tellGone = useEffectEvent(() => state.status === 'ok' && onDone(state));

  useEffect(() => {
    if (to === undefined || gone === state || isLost) return;
    void go(to).then((isThere) => {
      if (!isThere) return;
      setGone(state);
      tellGone();
    });
  }, [to, state, gone, isLost, go]);

  return isGoing || (to !== undefined && gone !== state);
}

/** What came back, or what it means that nothing did. */
async function answerOf<Look>(answer: Promise<FormState<Look>>): Promise<FormState<Look>> {
  try {
    const said = await Promise.race([answer, slow()]);
    if (said.status === 'signed_out') reportAnswer('signed_out');
    else if (said.status !== 'unanswered') reportReached();
    return said;
  } catch (error) {
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
