'use client';

import { createContext, useContext } from 'react';

/** What a `<Field>` hands to the control inside it, so that pages write the name and the label once. */
export type FieldContextValue = {
  id: string;
  name: string;
  required: boolean;
  invalid: boolean;
  describedBy: string | undefined;
};

export const FieldContext = createContext<FieldContextValue | null>(null);

type ControlProps = { id?: string; name?: string; required?: boolean; 'aria-describedby'?: string };

/** The attributes that tie a control to its label, hint and error. Props given to the control itself win. */
export function useFieldControl(props: ControlProps) {
  const field = useContext(FieldContext);
  return {
    id: props.id ?? field?.id,
    name: props.name ?? field?.name,
    required: props.required ?? field?.required,
    'aria-invalid': field?.invalid || undefined,
    'aria-describedby': props['aria-describedby'] ?? field?.describedBy,
  };
}
