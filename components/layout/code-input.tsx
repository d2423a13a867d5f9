import { Input } from '~/components/ui/input';
import { Label } from '~/components/ui/label';

type CodeInputProps = { id: string; label: string; hint: string; autoFocus: boolean };

/** A code of an authenticator app, or one of recovery. */
export function CodeInput({ id, label, hint, autoFocus }: CodeInputProps) {
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={40}
        required
        autoFocus={autoFocus}
        aria-describedby={`${id}-hint`}
        className="font-mono tracking-wider"
      />
      <p id={`${id}-hint`} className="text-muted-foreground text-sm">
        {hint}
      </p>
    </div>
  );
}
