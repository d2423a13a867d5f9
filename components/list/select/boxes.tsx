'use client';

import { useTranslations } from 'next-intl';
import { useContext } from 'react';
import { SelectContext } from '~/components/list/select/select-context';
import { Checkbox } from '~/components/ui/checkbox';

const LABEL = 'relative z-10 -mx-1 flex size-8 cursor-pointer items-center justify-center max-sm:size-11';

/** Chooses one row; nothing where nothing can be done with it. Held down, Shift chooses all up to it. */
export function RowBox({ id, name }: { id: string; name: string }) {
  const t = useTranslations('common.select');
  const choosing = useContext(SelectContext);
  if (!choosing?.can(id)) return null;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control and brings its own name.
    <label className={LABEL}>
      <Checkbox
        checked={choosing.has(id)}
        onClick={({ shiftKey }) => (shiftKey ? choosing.extendTo(id) : choosing.toggle(id))}
        // React wants to know that a controlled box is changed by somebody: the click above does.
        onChange={() => undefined}
        aria-label={t('row', { what: name })}
      />
    </label>
  );
}

/** Chooses all of a page with which something can be done. */
export function AllBox() {
  const t = useTranslations('common.select');
  const choosing = useContext(SelectContext);
  if (!choosing || choosing.count === 0) return null;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control and brings its own name.
    <label className={LABEL}>
      <Checkbox
        checked={choosing.all}
        onChange={choosing.toggleAll}
        aria-label={t('all', { count: choosing.count })}
      />
    </label>
  );
}
