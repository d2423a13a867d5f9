'use server';

import { z } from 'zod';
import { openAction } from '~/lib/action';
import { setPasswordByLink } from '~/lib/people/links';
import { typed } from '~/lib/typed-text';

const password = z.object({
  token: typed(100),
  newPassword: typed(1_000),
  repeatedPassword: typed(1_000),
});

export const setPasswordByLinkAction = openAction(password, setPasswordByLink, () => '/login');
