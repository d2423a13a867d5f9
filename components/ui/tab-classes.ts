import { cn } from './cn';

/** To the edges of a phone, so that a tab that has no room is seen to be there. */
export const tabListClasses = 'flex gap-5 overflow-x-auto border-b max-sm:-mx-4 max-sm:gap-4 max-sm:px-4';

export const tabClasses = cn(
  '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 font-medium text-muted-foreground text-sm transition-colors max-sm:h-11',
  'hover:text-foreground focus-visible:-outline-offset-2',
  'data-[state=active]:border-primary data-[state=active]:text-foreground aria-[current=page]:border-primary aria-[current=page]:text-foreground',
);
