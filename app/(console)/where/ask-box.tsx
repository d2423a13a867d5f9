'use client';

import { LoaderCircle, SearchCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { useGo } from '~/components/live/go';
import { Button } from '~/components/ui/button';
import { Label } from '~/components/ui/label';
import { Textarea } from '~/components/ui/textarea';
import { toAsked } from '~/lib/whereabouts/asked';
import { MOST_TEXT, readReceipts } from '~/lib/whereabouts/receipt';

type AskBoxProps = { today: string; isAnswered: boolean };

/** Reads a receipt where it is pasted: only what the payment can be found by goes into the address. */
export function AskBox({ today, isAnswered }: AskBoxProps) {
  const t = useTranslations('where.ask');
  const invalid = useTranslations('invalid');
  const { go, isGoing } = useGo();
  const [text, setText] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const id = useId();

  function look() {
    const asked = readReceipts(text, today).map(toAsked).filter(Boolean);
    setEmpty(asked.length === 0);
    if (asked.length === 0) return;
    void go(`/where?${new URLSearchParams(asked.map((each) => ['p', each]))}`);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    look();
  }

  function sendByKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    look();
  }

  return (
    <form onSubmit={submit} className="mb-8 grid gap-2">
      <Label htmlFor={id}>{t('label')}</Label>
      <Textarea
        id={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={sendByKey}
        maxLength={MOST_TEXT}
        rows={isAnswered ? 3 : 6}
        placeholder={t('example')}
        className="max-h-80"
        autoComplete="off"
        aria-describedby={isEmpty ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={isEmpty}
      />
      {isEmpty ? (
        <div id={`${id}-error`} role="alert" className="font-medium text-danger text-sm">
          {invalid('nothing_to_find')}
        </div>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p id={`${id}-hint`} className="text-muted-foreground text-sm">
          {t('hint')}
        </p>
        <Button type="submit" variant="primary" disabled={isGoing} className="max-sm:w-full">
          {isGoing ? <LoaderCircle aria-hidden className="animate-spin" /> : <SearchCheck aria-hidden />}
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}
