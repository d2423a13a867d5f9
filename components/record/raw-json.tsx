import { Card } from '~/components/ui/card';

type RawJsonProps = {
  /** "Respuesta de Fintoc (JSON)" */
  title: string;
  value: unknown;
};

/** Somebody else's JSON as it came, folded away until asked for. */
export function RawJson({ title, value }: RawJsonProps) {
  return (
    <Card className="mb-8">
      <details className="group">
        <summary className="cursor-pointer rounded-lg px-4 py-3 font-medium text-sm hover:bg-accent max-sm:min-h-11">
          {title}
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <pre tabIndex={0} className="max-h-96 overflow-auto border-t px-4 py-3 font-mono text-xs leading-5">
          {JSON.stringify(value, null, 2)}
        </pre>
      </details>
    </Card>
  );
}
