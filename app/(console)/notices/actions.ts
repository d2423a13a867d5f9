'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { readAllNotices, readNotice } from '~/lib/notices/read';
import { typed } from '~/lib/typed-text';

const noticeId = typed(18)
  .refine((text) => /^\d+$/.test(text))
  .transform(BigInt);

export const readNoticeAction = operatorAction(z.object({ noticeId }), readNotice);
export const readAllNoticesAction = operatorAction(z.object({ upTo: noticeId }), readAllNotices);
