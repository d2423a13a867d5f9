'use client';

import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useRef, useState } from 'react';
import { Documents } from '~/app/(console)/entities/[id]/documents';
import { UploadQueue } from '~/app/(console)/entities/[id]/onboarding/upload-queue';
import { useUploads } from '~/app/(console)/entities/[id]/onboarding/use-uploads';
import { useSlotName } from '~/app/(console)/entities/[id]/slot-name';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { DOCUMENT_TYPES } from '~/lib/entities/kyb-document';
import { type DocumentSlot, documentOf, slotId } from '~/lib/entities/kyb-slots';

type DocumentUploadProps = {
  entityId: string;
  onboardingId: string;
  slots: readonly DocumentSlot[];
  /** What the documents of an earlier KYB were called, and why Fintoc didn't take one. */
  earlier: Record<string, string>;
  rejected: Record<string, string>;
};

/** Takes all the documents at once, sorts them by their names, and hands them to Fintoc when the operator agrees. */
export function DocumentUpload({ entityId, onboardingId, slots, earlier, rejected }: DocumentUploadProps) {
  const t = useTranslations('entities.documents');
  const nameOf = useSlotName();
  const uploads = useUploads({ entityId, onboardingId, slots, earlier });
  const over = useWindowDrop(uploads.add);
  return (
    <>
      <DropZone over={over} onFiles={uploads.add} />
      {uploads.items.length > 0 ? <UploadQueue uploads={uploads} slots={slots} /> : null}
      <Card className="p-4 sm:p-5">
        <Documents
          slots={slots}
          seen
          beside={(slot) => {
            const said = slot.state === 'received' ? undefined : rejected[documentOf(slot)];
            const before = slot.state === 'received' ? undefined : earlier[documentOf(slot)];
            return (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm max-sm:w-full">
                {said ? (
                  <span className="font-medium text-danger">{t('fintocSays', { reason: said })}</span>
                ) : null}
                {before ? (
                  <span className="text-muted-foreground">{t('before', { file: before })}</span>
                ) : null}
                <FilePicker
                  label={t('chooseOf', { document: nameOf(slot) })}
                  onFiles={(files) => uploads.add(files, slotId(slot))}
                >
                  {t(slot.state === 'missing' ? 'chooseOne' : 'replace')}
                </FilePicker>
              </span>
            );
          }}
        />
      </Card>
    </>
  );
}

/** Files may fall anywhere on the page: beside the zone the browser would leave the page and show them. */
function useWindowDrop(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const drop = useRef(onFiles);
  drop.current = onFiles;
  // From the moment in which it is seen: a file that falls before would open in the place of the page.
  useLayoutEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const fall = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      drop.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', fall);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', fall);
    };
  }, []);
  return over;
}

function DropZone({ over, onFiles }: { over: boolean; onFiles: (files: File[]) => void }) {
  const t = useTranslations('entities.documents');
  return (
    <section
      aria-label={t('drop')}
      className={cn(
        'grid justify-items-center gap-3 rounded-lg border-2 border-dashed px-4 py-8 text-center transition-colors',
        over ? 'border-primary bg-primary-soft' : 'border-border-strong bg-card',
      )}
    >
      <FileUp aria-hidden className="size-7 text-muted-foreground" />
      <div className="grid gap-1">
        <p className="font-medium">{t('drop')}</p>
        <p className="max-w-lg text-pretty text-muted-foreground text-sm">{t('dropHint')}</p>
      </div>
      <FilePicker label={t('choose')} multiple onFiles={onFiles} size="md">
        {t('choose')}
      </FilePicker>
    </section>
  );
}

type FilePickerProps = {
  label: string;
  children: string;
  multiple?: boolean;
  size?: 'sm' | 'md';
  onFiles: (files: File[]) => void;
};

/** A button that opens the system's own dialog. */
function FilePicker({ label, children, multiple = false, size = 'sm', onFiles }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size={size} aria-label={label} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        accept={DOCUMENT_TYPES.join(',')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
