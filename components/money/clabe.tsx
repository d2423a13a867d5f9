import { CopyButton } from '~/components/record/copy-button';
import { cn } from '~/components/ui/cn';
import { groupsOf } from '~/lib/rails/destination';

type ClabeProps = { value: string; copy?: boolean; className?: string };

/**
 * An account number in groups: bank, branch, account and check digit for a CLABE. The gaps are margins, not spaces,
 * so that selecting and copying gives the bare digits. A card and a phone likewise; what else isn't 18 characters long is
 * shown as it is.
 */
export function Clabe({ value, copy = true, className }: ClabeProps) {
  const groups =
    value.length === 18
      ? [value.slice(0, 3), value.slice(3, 6), value.slice(6, 17), value.slice(17)]
      : (groupsOf(value) ?? [value]);
  return (
    <span className={cn('inline-flex items-center gap-1 whitespace-nowrap', className)}>
      <span className="font-mono text-[0.96em] tracking-tight">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have a fixed order, and two may be alike.
          <span key={index} className={index === 0 ? undefined : 'ml-[0.5ch]'}>
            {group}
          </span>
        ))}
      </span>
      {copy ? (
        <CopyButton value={groups.join('')} label={value.length === 18 ? 'CLABE' : groups.join(' ')} />
      ) : null}
    </span>
  );
}
