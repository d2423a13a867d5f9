import { CopyButton } from '~/components/record/copy-button';

const SHOWN = 12;

/** A clave de rastreo in a list: its end, because all begin with the same date and bank. Copied whole. */
export function TrackingKey({ value }: { value: string }) {
  return (
    <span className="inline-flex items-center gap-0.5 whitespace-nowrap">
      <span title={value} className="font-mono text-[0.96em] tracking-tight">
        {value.length > SHOWN + 2 ? `…${value.slice(-SHOWN)}` : value}
      </span>
      <CopyButton value={value} label={value} />
    </span>
  );
}
