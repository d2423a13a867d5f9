import type { Locator, Page } from '@playwright/test';

/**
 * What a person does, in steps: a press of a button, a link or a key that does something, a field typed, a choice made, or
 * files dropped together is one step each. What is there already costs nothing, and neither does waiting. TASKS.md has
 * what journeys counted.
 */
export function personAt(page: Page) {
  let steps = 0;
  /** Whatever else is one step. */
  const once = async (act: () => Promise<unknown>) => {
    steps += 1;
    await act();
  };
  /** By what its label says in full, where it isn't the field itself. */
  const fieldOf = (field: string | Locator) =>
    typeof field === 'string' ? page.getByLabel(field, { exact: true }) : field;
  return {
    once,
    press: (button: Locator) => once(() => button.click()),
    type: (field: string | Locator, text: string) => once(() => fieldOf(field).fill(text)),
    choose: (choice: Locator) => once(() => choice.check()),
    key: (name: string) => once(() => page.keyboard.press(name)),
    /** Types into what has the focus. */
    write: (text: string) => once(() => page.keyboard.type(text)),
    steps: () => steps,
  };
}

export type Counted = ReturnType<typeof personAt>;

/** Goes to a place of the menu. */
export function toPlace(page: Page, { press }: Counted, name: string): Promise<void> {
  return press(page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) }).first());
}

/** Finds what is meant from anywhere, by keyboard alone, and opens what was found first: three steps. */
export async function openFound(page: Page, { key, write }: Counted, text: string, found: Locator) {
  await key('Control+k');
  await page.getByRole('combobox').waitFor();
  await write(text);
  await found.first().waitFor();
  await key('Enter');
}
