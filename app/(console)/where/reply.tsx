'use client';

import { Check, Copy } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { copyText } from '~/components/record/copy-button';
import { Button } from '~/components/ui/button';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';

type ReplyProps = { texts: Record<'es-MX' | 'en', string> };
type ReplyLocale = keyof ReplyProps['texts'];

/** What to answer the customer, to be read, changed and copied, in the language of the customer. */
export function Reply({ texts }: ReplyProps) {
  const t = useTranslations('where.reply');
  const languages = useTranslations('nav.language');
  const own = useLocale();
  const [locale, setLocale] = useState<ReplyLocale>(own === 'en' ? 'en' : 'es-MX');
  const [changed, setChanged] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  const id = useId();
  const text = changed ?? texts[locale];

  async function copy() {
    setCopied(await copyText(text));
  }

  return (
    <section aria-labelledby={`${id}-title`} className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={`${id}-title`} className="font-semibold text-sm">
          {t('title')}
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
        <Button onClick={copy}>
          {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
          {t(isCopied ? 'copied' : 'copy')}
        </Button>
        <span role="status" className="sr-only">
          {isCopied ? t('copied') : ''}
        </span>
      </div>
    </section>
  );
}
