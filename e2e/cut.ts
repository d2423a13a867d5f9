import type { Page, Route } from '@playwright/test';

/** What the browser says of an answer that never came. */
export const NO_ANSWER = /net::ERR_|Failed to load resource/;

/** Lets the server do what the next form asks, and cuts its answer, as a reset, a time-out or a deploy would. */
export async function cutNextAnswer(page: Page, how: 'reset' | 'bad_gateway' = 'reset'): Promise<void> {
  let isCut = false;
  await page.route('**/*', async (route) => {
    if (isCut || !isSending(route)) return route.fallback();
    isCut = true;
    await route.fetch();
    if (how === 'reset') await route.abort('connectionreset');
    else await route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
  });
}

/** Whether it is a form that is sent. */
export function isSending(route: Route): boolean {
  return route.request().method() === 'POST' && route.request().headers()['next-action'] !== undefined;
}
