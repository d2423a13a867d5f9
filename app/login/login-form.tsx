'use client';

import { SignInForm } from '~/components/layout/sign-in-form';

export function LoginForm({ path }: { path: string }) {
  // A whole new page: language, theme and zone of the layout are the operator's from now on.
  return <SignInForm onSignedIn={() => window.location.assign(path)} />;
}
