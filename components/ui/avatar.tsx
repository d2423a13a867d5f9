import { cn } from './cn';

/** A person's initials. Decoration: the name stands beside it, or in the button's label. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('');
  return (
    <span
      aria-hidden
      className={cn(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-primary-soft font-semibold text-[11px] text-link uppercase',
        className,
      )}
    >
      {initials}
    </span>
  );
}
