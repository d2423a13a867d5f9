'use client';

import { type ComponentProps, createContext, type KeyboardEvent, useContext, useId, useState } from 'react';
import { cn } from './cn';
import { tabClasses, tabListClasses } from './tab-classes';

type Chosen = { value: string; choose: (value: string) => void; id: string };

const TabsContext = createContext<Chosen | null>(null);

function useTabs(): Chosen {
  const tabs = useContext(TabsContext);
  if (!tabs) throw new Error('A tab stands outside of its tabs.');
  return tabs;
}

/** Tabs for views of one thing on one page. Views with their own address are links: see `TabLinks`. */
export function Tabs({ defaultValue, ...props }: ComponentProps<'div'> & { defaultValue: string }) {
  const [value, choose] = useState(defaultValue);
  return (
    <TabsContext value={{ value, choose, id: useId() }}>
      <div {...props} />
    </TabsContext>
  );
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** One of them takes the focus; arrows, Home and End go on to the others, and open them. */
export function TabsList({ className, ...props }: ComponentProps<'div'>) {
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const step = STEPS[event.key];
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
    const at = tabs.indexOf(event.target as HTMLElement);
    if (!step || at === -1) return;
    event.preventDefault();
    tabs[step(at, tabs.length)]?.focus();
  }
  return <div role="tablist" onKeyDown={onKeyDown} className={cn(tabListClasses, className)} {...props} />;
}

export function TabsTrigger({ className, value, ...props }: ComponentProps<'button'> & { value: string }) {
  const { value: chosen, choose, id } = useTabs();
  const isChosen = chosen === value;
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-tab-${value}`}
      aria-selected={isChosen}
      aria-controls={`${id}-panel-${value}`}
      data-state={isChosen ? 'active' : 'inactive'}
      tabIndex={isChosen ? 0 : -1}
      onFocus={() => choose(value)}
      onClick={() => choose(value)}
      className={cn(tabClasses, className)}
      {...props}
    />
  );
}

export function TabsContent({
  className,
  value,
  children,
  ...props
}: ComponentProps<'div'> & { value: string }) {
  const { value: chosen, id } = useTabs();
  const isChosen = chosen === value;
  return (
    <div
      role="tabpanel"
      id={`${id}-panel-${value}`}
      aria-labelledby={`${id}-tab-${value}`}
      hidden={!isChosen}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who goes on from a tab comes to its panel, to read on by keyboard.
      tabIndex={0}
      className={cn('pt-4', className)}
      {...props}
    >
      {isChosen ? children : null}
    </div>
  );
}
