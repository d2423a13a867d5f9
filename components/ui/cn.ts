import { type ClassValue, clsx } from 'clsx';
import { withoutOverridden } from './class-groups';

/** Joins class names; of two that fight, the later wins. */
export function cn(...classes: ClassValue[]): string {
  return withoutOverridden(clsx(classes));
}
