'use client';

import { Tabs as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Tabs = Primitive.Root;

/** Tabs for views of one thing on one page. Views with their own address are links: see `TabLinks`. */
export function TabsList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn(tabListClasses, className)} {...props} />;
}

/** To the edges of a phone, so that a tab that has no room is seen to be there. */
export const tabListClasses = 'flex gap-5 overflow-x-auto border-b max-sm:-mx-4 max-sm:gap-4 max-sm:px-4';

export const tabClasses = cn(
  '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 font-medium text-muted-foreground text-sm transition-colors max-sm:h-11',
  'hover:text-foreground focus-visible:-outline-offset-2',
  'data-[state=active]:border-primary data-[state=active]:text-foreground aria-[current=page]:border-primary aria-[current=page]:text-foreground',
);

export function TabsTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return <Primitive.Trigger className={cn(tabClasses, className)} {...props} />;
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return <Primitive.Content className={cn('pt-4', className)} {...props} />;
}
