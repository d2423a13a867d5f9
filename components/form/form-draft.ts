/** What stands in each field under its name; of boxes, the values of those that are ticked. */
export type Typed = [name: string, values: string[]][];

/**
 * What was typed into a form that is not done yet: kept in the tab's own storage with its request id, so that a reload
 * or a way back ends at the same one thing.
 */
export type Draft = {
  requestId: string;
  owner: string | null;
  /** It was sent, and nobody knows what became of it: all fields are kept. Else only what somebody changed. */
  isSent: boolean;
  values: Typed;
};

const PREFIX = 'draft|';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Which form this is, also after a reload and in another language: its page, its act, and what that is about. */
export function draftKey(act: string, form: HTMLFormElement): string {
  const about = controlsOf(form).flatMap(({ type, name, value }) =>
    type === 'hidden' ? [`${name}=${value}`] : [],
  );
  return PREFIX + [location.pathname, location.search, act, ...about].join('|');
}

export function readDraft(key: string, owner: string | null): Draft | null {
  try {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Draft | null;
    return draft?.owner === owner ? draft : null;
  } catch {
    return null;
  }
}

/** Without room in the storage, or any, the page itself still keeps what was typed. */
export function saveDraft(key: string, draft: Draft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {}
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {}
}

/** Everything that was typed or chosen; never a password, a file or what the page itself put there. */
export function typedValues(form: HTMLFormElement): Typed {
  return valuesOf(form, (control) =>
    isBox(control) ? (control.checked ? control.value : null) : control.value,
  );
}

/** What the page itself put into the fields, before anybody typed. */
export function initialValues(form: HTMLFormElement): Typed {
  return valuesOf(form, (control) => {
    if (isBox(control)) return control.defaultChecked ? control.value : null;
    if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
    const options = [...control.options];
    return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value ?? '';
  });
}

/** The fields that are not as they were. */
export function changedValues(before: Typed, now: Typed): Typed {
  const known = new Map(before);
  return now.filter(([name, values]) => values.join('\0') !== (known.get(name) ?? []).join('\0'));
}

/** Types the values in again. Answers those whose field isn't there, as when another field's choice brings it. */
export function typeIn(form: HTMLFormElement, values: Typed): Typed {
  const controls = fillable(form);
  const wanted = new Map(values);
  for (const control of controls) {
    const typed = wanted.get(control.name);
    if (typed === undefined) continue;
    if (isBox(control)) {
      if (control.checked !== typed.includes(control.value)) control.click();
    } else if (typed[0] !== undefined && typed[0] !== control.value) change(control, typed[0]);
  }
  return values.filter(([name]) => !controls.some((control) => control.name === name));
}

/** Tells React what was typed before it was there to listen: it would take the field for empty, and empty it. */
export function announceTyped(form: HTMLFormElement): void {
  for (const control of controlsOf(form)) {
    if (isBox(control)) {
      if (control.checked !== control.defaultChecked && (control.checked || control.type === 'checkbox'))
        press(control);
    } else if (control instanceof HTMLSelectElement) {
      if (![...control.options].every(({ selected, defaultSelected }) => selected === defaultSelected))
        control.dispatchEvent(new Event('change', { bubbles: true }));
    } else if (control.type !== 'hidden' && control.type !== 'file' && control.value !== control.defaultValue)
      change(control, control.value);
  }
}

/** Throws away what any form of this tab keeps: whoever leaves takes it along. */
export function dropDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) dropDraft(key);
}

function valuesOf(form: HTMLFormElement, read: (control: Control) => string | null): Typed {
  const typed = new Map<string, string[]>();
  for (const control of fillable(form)) {
    const value = read(control);
    typed.set(control.name, [...(typed.get(control.name) ?? []), ...(value === null ? [] : [value])]);
  }
  return [...typed];
}

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== '',
  );
}

/** A secret stays one while it is shown: its field says what it is for. */
const SECRETS = ['new-password', 'current-password', 'one-time-code'];

function fillable(form: HTMLFormElement): Control[] {
  return controlsOf(form).filter(
    ({ type, autocomplete }) =>
      !['hidden', 'password', 'file'].includes(type) && !SECRETS.includes(autocomplete),
  );
}

function isBox(control: Control): control is HTMLInputElement {
  return control.type === 'checkbox' || control.type === 'radio';
}

/** As a person would, from the other side of the choice: React remembers how it was last. */
function press(box: HTMLInputElement): void {
  box.checked = !box.checked;
  box.click();
}

/** As a person would: React remembers the value that it saw last, and hears only of another. */
function change(control: Control, value: string): void {
  control.value = '';
  const prototype = Object.getPrototypeOf(control) as object;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
