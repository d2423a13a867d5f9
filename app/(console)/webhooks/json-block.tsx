type JsonBlockProps = { label: string; text: string };

/** Text as a machine wrote it. It scrolls, so the keyboard must reach it. */
export function JsonBlock({ label, text }: JsonBlockProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or keys can't scroll it.
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-md border bg-muted/50 p-3"
    >
      <pre className="font-mono text-xs leading-5">{text}</pre>
    </section>
  );
}
