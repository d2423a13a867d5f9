import { type RefObject, useEffect, useEffectEvent } from 'react';

/** Of a button with `aria-haspopup`: it hears its presses from now on, and one from before counts as made now. */
export function useEarlyPress(button: RefObject<HTMLElement | null>, onPress: () => void): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    if (button.current && isTaken(button.current)) press();
  }, [button]);
}

function isTaken(button: HTMLElement): boolean {
  const isPressed = 'pressed' in button.dataset;
  button.dataset.hears = '';
  if (isPressed) {
    delete button.dataset.pressed;
    button.ariaBusy = null;
  }
  return isPressed;
}
