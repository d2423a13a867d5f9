import { cn } from '~/components/ui/cn';

type JsonBlockProps = {
  label: string;
  text: string;
  /** Breaks the one long line that a machine writes. */
  wrap?: boolean;
};

/** Text as a machine wrote it. It scrolls, so the keyboard must reach it. */
export function JsonBlock({ label, text, wrap = false }: JsonBlockProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or keys can't scroll it.
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-md border bg-muted/50 p-3"
    >
      <pre className={cn('font-mono text-xs leading-5', wrap && 'whitespace-pre-wrap break-all')}>{text}</pre>
    </section>
  );
}
