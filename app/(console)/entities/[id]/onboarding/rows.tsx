'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useContext, useEffect, useRef } from 'react';
import { GivenContext, useNotes } from '~/app/(console)/entities/[id]/onboarding/answers';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { MAX_ROWS } from '~/lib/entities/kyb-parts';

type FieldGroupProps = { title: ReactNode; children: ReactNode; action?: ReactNode };

/** Fields that belong together, in two columns. */
export function FieldGroup({ title, children, action }: FieldGroupProps) {
  return (
    <Card className="p-4 sm:p-5">
      <fieldset className="grid gap-4 sm:grid-cols-2">
        <legend className="sr-only">{title}</legend>
        <div className="flex min-h-7 items-center justify-between gap-3 sm:col-span-2">
          <span aria-hidden className="font-semibold text-base">
            {title}
          </span>
          {action}
        </div>
        {children}
      </fieldset>
    </Card>
  );
}

/** A row keeps its number for good, so that what was typed stays with its fields; what a new one starts with. */
export type Row = { number: number; seed: Record<string, string> };

type RowsProps = {
  /** The first part of the fields' names. */
  list: string;
  title: string;
  rowTitle: (number: number) => string;
  add: string;
  note?: ReactNode;
  rows: readonly Row[];
  onAdd: () => void;
  onRemove: (row: Row) => void;
  /** Rows came or went, and the fields with them. */
  onChanged: () => void;
  /** The fields of one row; `name` makes a field's name. */
  children: (name: (field: string) => string) => ReactNode;
};

/** A list that grows and shrinks. */
export function Rows({
  list,
  title,
  rowTitle,
  add,
  note,
  rows,
  onAdd,
  onRemove,
  onChanged,
  children,
}: RowsProps) {
  const t = useTranslations('entities.form');
  const given = useContext(GivenContext);
  const changed = useRef(onChanged);
  changed.current = onChanged;
  const shown = useRef(rows);

  useEffect(() => {
    if (shown.current !== rows) changed.current();
    shown.current = rows;
  }, [rows]);

  return (
    <section aria-label={title} className="grid gap-3">
      <Notes name={list} />
      {rows.map((row, index) => {
        const name = rowTitle(index + 1);
        const seeds = Object.entries(row.seed).map(([field, value]) => [
          `${list}.${row.number}.${field}`,
          value,
        ]);
        return (
          <GivenContext
            key={row.number}
            value={{ ...given, answers: { ...given.answers, ...Object.fromEntries(seeds) } }}
          >
            <FieldGroup
              title={name}
              action={
                rows.length > 1 ? (
                  <Button
                    variant="ghost"
                    size="sm"
                    aria-label={t('removeOf', { what: name })}
                    onClick={() => onRemove(row)}
                  >
                    <X aria-hidden />
                    {t('remove')}
                  </Button>
                ) : null
              }
            >
              <Notes name={`${list}.${row.number}`} />
              {children((field) => `${list}.${row.number}.${field}`)}
            </FieldGroup>
          </GivenContext>
        );
      })}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button size="sm" disabled={rows.length >= MAX_ROWS} onClick={onAdd}>
          <Plus aria-hidden />
          {add}
        </Button>
        {note ? <span className="text-muted-foreground text-sm tabular-nums">{note}</span> : null}
      </div>
    </section>
  );
}

/** What is said of a whole list, or of a whole person. */
function Notes({ name }: { name: string }) {
  const notes = useNotes(name);
  return notes ? <div className="text-sm sm:col-span-2">{notes}</div> : null;
}
