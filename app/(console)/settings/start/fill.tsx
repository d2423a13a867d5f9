'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { fillWithCompanyAction } from '~/app/(console)/settings/start/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { ProgressBar } from '~/components/record/progress-bar';

const LOOK_EVERY_MS = 1_000;
/** So long it may take, its customers being many and machines slow. */
const LATE_MS = 15 * 60_000;

type Stage = 'stopping' | 'making' | 'ending' | 'late';
/** `share`: of three months, in percent. */
type Made = { share: number; customers: number };

/** What it says, from its page: what a client component says itself, every browser loads for all pages. */
export type FillWords = Record<
  'fill' | 'question' | 'consequence' | 'confirm' | 'progress' | Exclude<Stage, 'making'>,
  string
>;

/** Fills an empty installation with an example company, and shows how far that is while nothing else answers. */
export function Fill({ words }: { words: FillWords }) {
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <Making words={words} />;
  return (
    <ConfirmDialog
      act="fill_with_company"
      action={fillWithCompanyAction}
      trigger={words.fill}
      title={words.question}
      consequence={words.consequence}
      confirm={words.confirm}
      onDone={() => setAsked(true)}
    />
  );
}

function Making({ words }: { words: FillWords }) {
  const t = useTranslations('setup.company');
  const { stage, share, customers } = useMaking();
  return (
    <div className="grid max-w-xl gap-2">
      <ProgressBar label={words.progress} value={share} most={100} />
      <p role="status" className="text-muted-foreground text-sm">
        {stage === 'making' ? t('making', { share, customers }) : words[stage]}
      </p>
    </div>
  );
}

/** What the server of the company says in the console's place; once the console is back, its first page is opened. */
function useMaking(): Made & { stage: Stage } {
  const [made, setMade] = useState<Made & { stage: Stage }>({ stage: 'stopping', share: 0, customers: 0 });
  useEffect(() => {
    const began = Date.now();
    let wasAway = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const said = await whatAnswers();
      wasAway ||= said !== 'console';
      if (wasAway && said === 'console') return window.location.assign('/');
      if (typeof said === 'object') setMade({ stage: 'making', ...said });
      else if (Date.now() - began > LATE_MS) setMade((before) => ({ ...before, stage: 'late' }));
      else setMade((before) => ({ ...before, stage: before.share > 0 ? 'ending' : 'stopping' }));
      timer = setTimeout(look, LOOK_EVERY_MS);
    };
    void look();
    return () => clearTimeout(timer);
  }, []);
  return made;
}

/** How much of the story is told, where that is what answers. */
async function whatAnswers(): Promise<'console' | 'nobody' | Made> {
  try {
    const response = await fetch('/api/alive', { cache: 'no-store' });
    if (response.ok) return 'console';
    const { making } = (await response.json()) as { making?: Made };
    return making ?? 'nobody';
  } catch {
    return 'nobody';
  }
}
