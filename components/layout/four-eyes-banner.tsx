import { EyeOff } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { ALONE } from '~/lib/approvals/actions';
import type { FourEyesOff } from '~/lib/approvals/four-eyes';

/** On every page, while somebody's acts have nobody else, or nobody independent, to decide on them. */
export function FourEyesBanner({ off: { why, name } }: { off: FourEyesOff }) {
  const t = useTranslations('approvals.fourEyes');
  const kinds = useTranslations('approvals.kinds');
  const format = useFormatter();
  const label = t(why === 'made_alone' ? 'oneHand' : 'label');
  // As the inbox calls them: a new one is told of here by itself.
  const acts = format.list(ALONE.map((action) => kinds(keyOf(action))));
  return (
    <aside
      aria-label={label}
      className="mb-4 flex items-start gap-2.5 rounded-lg border border-danger/25 bg-danger-soft px-3.5 py-3 text-sm"
    >
      <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <p className="text-pretty">
        <strong className="font-medium">{label}.</strong> {t(why, { name, acts })}
      </p>
    </aside>
  );
}

type KeyOf<Action> = Action extends `${infer Noun}.${infer Act}` ? `${Noun}_${Act}` : never;

function keyOf<Action extends (typeof ALONE)[number]>(action: Action): KeyOf<Action> {
  return action.replace('.', '_') as KeyOf<Action>;
}
