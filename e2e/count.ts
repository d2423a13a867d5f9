import { expect, type Locator, type Page } from '@playwright/test';

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
  return press(
    page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .first(),
  );
}

/** Finds what is meant from anywhere, by keyboard alone, and opens what was found first: three steps. */
export async function openFound(page: Page, { once, key, write }: Counted, text: string, found: Locator) {
  const box = page.getByRole('dialog').getByRole('combobox');
  // Until the page's scripts are alive a key is nobody's.
  await once(() =>
    expect(async () => {
      if (!(await box.isVisible())) await page.keyboard.press('Control+k');
      await expect(box).toBeFocused({ timeout: 1_000 });
    }).toPass(),
  );
  await write(text);
  await found.first().waitFor();
  await key('Enter');
}
