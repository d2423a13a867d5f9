'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { MAX_ROWS } from '~/lib/kyb-form';

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

type RowsProps = {
  /** The first part of the fields' names. */
  list: string;
  title: string;
  rowTitle: (number: number) => string;
  add: string;
  note?: ReactNode;
  /** The fields of one row; `name` makes a field's name. */
  children: (name: (field: string) => string) => ReactNode;
};

/** A list that grows and shrinks. A row keeps its number for good, so that what was typed stays with its fields. */
export function Rows({ list, title, rowTitle, add, note, children }: RowsProps) {
  const t = useTranslations('entities.form');
  const [rows, setRows] = useState([0]);
  return (
    <section aria-label={title} className="grid gap-3">
      {rows.map((row, index) => {
        const name = rowTitle(index + 1);
        return (
          <FieldGroup
            key={row}
            title={name}
            action={
              rows.length > 1 ? (
                <Button
                  variant="ghost"
                  size="sm"
                  aria-label={t('removeOf', { what: name })}
                  onClick={() => setRows(rows.filter((other) => other !== row))}
                >
                  <X aria-hidden />
                  {t('remove')}
                </Button>
              ) : null
            }
          >
            {children((field) => `${list}.${row}.${field}`)}
          </FieldGroup>
        );
      })}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button
          size="sm"
          disabled={rows.length >= MAX_ROWS}
          onClick={() => setRows([...rows, Math.max(...rows) + 1])}
        >
          <Plus aria-hidden />
          {add}
        </Button>
        {note ? <span className="text-muted-foreground text-sm tabular-nums">{note}</span> : null}
      </div>
    </section>
  );
}
