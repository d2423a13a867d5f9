import { cn } from '~/components/ui/cn';

/** The mark: a purse seen from the front, its clasp a coin. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <path
        d="M11.2 12.5c-3 2.2-4.7 5-4.7 8 0 3.3 2.6 5 5.6 5h7.8c3 0 5.6-1.7 5.6-5 0-3-1.7-5.8-4.7-8Z"
        fill="white"
      />
      <path d="M10.4 10.9h11.2" stroke="white" strokeWidth="2.2" strokeLinecap="round" />
      <circle cx="13.9" cy="7.4" r="1.9" fill="white" />
      <circle cx="18.1" cy="7.4" r="1.9" fill="white" />
      <circle cx="16" cy="19" r="2.7" className="fill-primary" />
    </svg>
  );
}

/** Mark and name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-base tracking-tight', className)}>
      <LogoMark />
      Monedero
    </span>
  );
}
