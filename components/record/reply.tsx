'use client';

import { Check, Copy } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { copyText } from '~/components/record/copy-button';
import { Button } from '~/components/ui/button';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';

type ReplyProps = {
  texts: Record<'es-MX' | 'en', string>;
  /** Where it is no reply; left out, the words for one. */
  words?: { title: string; copy: string; copied: string };
};
type ReplyLocale = keyof ReplyProps['texts'];

/** What to tell the customer, to be read, changed and copied, in the language of the customer. */
export function Reply({ texts, words }: ReplyProps) {
  const t = useTranslations('where.reply');
  const { title, copy, copied } = words ?? { title: t('title'), copy: t('copy'), copied: t('copied') };
  const languages = useTranslations('nav.language');
  const own = useLocale();
  const [locale, setLocale] = useState<ReplyLocale>(own === 'en' ? 'en' : 'es-MX');
  const [changed, setChanged] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  const id = useId();
  const text = changed ?? texts[locale];

  async function copyIt() {
    setCopied(await copyText(text));
  }

  return (
    <section aria-labelledby={`${id}-title`} className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={`${id}-title`} className="font-semibold text-sm">
          {title}
        </h3>
        <Select
          aria-label={t('language')}
          value={locale}
          onChange={(event) => {
            setLocale(event.target.value as ReplyLocale);
            setChanged(null);
            setCopied(false);
          }}
          options={(['es-MX', 'en'] as const).map((value) => ({ value, label: languages(value) }))}
        />
      </div>
      <Textarea
        aria-labelledby={`${id}-title`}
        lang={locale}
        rows={5}
        value={text}
        onChange={(event) => {
          setChanged(event.target.value);
          setCopied(false);
        }}
      />
      <div>
        <Button onClick={copyIt}>
          {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
          {isCopied ? copied : copy}
        </Button>
        <span role="status" className="sr-only">
          {isCopied ? copied : ''}
        </span>
      </div>
    </section>
  );
}
