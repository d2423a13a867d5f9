'use client';

import { FileSpreadsheet, FileText, LoaderCircle } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { downloadExport, ExportRefused, saveFile } from '~/components/list/export-download';
import { withoutPage } from '~/components/list/page-query';
import { Button } from '~/components/ui/button';
import { DropdownMenuItem } from '~/components/ui/dropdown-menu';
import { toast } from '~/components/ui/toast';
import type { ExportFormat, ExportListName } from '~/lib/exports/lists';

export type Exported = {
  list: ExportListName;
  /** One wallet's; left out, of all that the address says. */
  walletId?: string | undefined;
  /** Of that wallet, in one of its assets. */
  asset?: string | undefined;
};

/** As which file the list is taken away. */
export function ExportChoices(exported: Exported) {
  const t = useTranslations('exports');
  const start = useExport(exported);
  return (
    <>
      <Choice icon={FileSpreadsheet} word={t('xlsx')} hint={t('xlsxHint')} onSelect={() => start('xlsx')} />
      <Choice icon={FileText} word={t('csv')} hint={t('csvHint')} onSelect={() => start('csv')} />
    </>
  );
}

type ChoiceProps = { icon: typeof FileText; word: string; hint: string; onSelect: () => void };

function Choice({ icon: Icon, word, hint, onSelect }: ChoiceProps) {
  return (
    <DropdownMenuItem onSelect={onSelect} className="py-1.5">
      <Icon aria-hidden />
      <span className="grid leading-tight">
        {word}
        <span className="text-muted-foreground text-xs">{hint}</span>
      </span>
    </DropdownMenuItem>
  );
}

/** So often the rows so far are told. */
const TOLD_EVERY_MS = 300;

/**
 * Fetches the file beside the page: a message says how far it is and lets one stop it, also from the next page. Only
 * a whole file is saved.
 */
function useExport({ list, walletId, asset }: Exported): (format: ExportFormat) => void {
  const t = useTranslations('exports');
  const common = useTranslations('common');
  const locale = useLocale();
  const query = withoutPage(new URLSearchParams(useSearchParams().toString()));
  if (walletId) query.set('wallet', walletId);
  if (asset) query.set('asset', asset);
  // Within a sentence; what else is written large in it stays so.
  const [first = '', ...rest] = t(`titles.${list}`);
  const title = first.toLocaleLowerCase(locale) + rest.join('');

  return function start(format) {
    query.set('format', format);
    const address = `/api/export/${list}?${query}`;
    const stop = new AbortController();
    const id = crypto.randomUUID();
    const always = { id, duration: Number.POSITIVE_INFINITY };
    // What a message had while it ran it keeps, unless told.
    const over = { id, icon: undefined, action: null };
    const tell = (count: number) =>
      toast(t('running', { list: title }), {
        ...always,
        icon: <LoaderCircle aria-hidden className="size-4 animate-spin text-muted-foreground" />,
        description: t('rows', { count }),
        action: <ToastButton word={t('cancel')} onClick={() => stop.abort()} />,
      });
    tell(0);
    let toldAt = 0;
    downloadExport(address, stop.signal, (rows) => {
      const now = performance.now();
      if (now - toldAt < TOLD_EVERY_MS) return;
      toldAt = now;
      tell(rows);
    }).then(
      (download) => {
        saveFile(download);
        const description = t('doneRows', { count: download.rows });
        toast.success(t('done', { file: download.name }), { ...over, description, duration: 8_000 });
      },
      (error: unknown) => {
        if (stop.signal.aborted)
          return toast.info(t('cancelled'), { ...over, description: t('cancelledHint'), duration: 5_000 });
        const why = error instanceof ExportRefused ? error.why : 'failed';
        const action =
          why === 'failed' ? (
            <ToastButton word={t('retry')} onClick={() => start(format)} />
          ) : (
            <ToastButton word={common('close')} onClick={() => toast.dismiss(id)} />
          );
        return toast.error(t(why, { list: title }), {
          ...always,
          icon: undefined,
          description: t(`${why}Hint`),
          action,
        });
      },
    );
  };
}

function ToastButton({ word, onClick }: { word: string; onClick: () => void }) {
  return (
    <Button size="sm" className="ml-auto shrink-0" onClick={onClick}>
      {word}
    </Button>
  );
}
