'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { cn } from '~/components/ui/cn';
import { Tooltip } from '~/components/ui/tooltip';

type CopyButtonProps = {
  value: string;
  /** What is copied, for screen readers: "CLABE". */
  label: string;
  className?: string;
};

/** Copies a value and says so, in the tooltip and aloud. */
export function CopyButton({ value, label, className }: CopyButtonProps) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  const [hinted, setHinted] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    setCopied(await copyText(value));
  }

  return (
    <Tooltip content={copied ? t('copied') : t('copy')} open={copied || hinted} onOpenChange={setHinted}>
      <button
        type="button"
        onClick={copy}
        aria-label={t('copyOf', { what: label })}
        className={cn(
          'relative z-10 inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted-foreground transition-colors hover:bg-accent hover:text-foreground max-sm:-my-3 max-sm:-ml-2 max-sm:size-11',
          className,
        )}
      >
        {copied ? (
          <Check aria-hidden className="size-3.5 text-success" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
        <span role="status" className="sr-only">
          {copied ? t('copied') : ''}
        </span>
      </button>
    </Tooltip>
  );
}

/** Browsers offer the clipboard only over https and on localhost; elsewhere the old way still works. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
