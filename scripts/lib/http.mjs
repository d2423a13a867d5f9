import http from 'node:http';

/**
 * One request to a program of this machine, over a connection of its own, with a deadline over all of it. Rejects
 * when there is no whole answer by then: `fetch` can wait for ever for one whose server was killed.
 *
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, body?: string, timeoutMs?: number }} [options]
 * @returns {Promise<{ status: number, text: string, link: string }>}
 */
export function ask(url, { method = 'GET', headers = {}, body, timeoutMs = 5_000 } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('close', () => {
        if (!response.complete) return fail(new Error(`${url} broke off.`));
        clearTimeout(deadline);
        resolve({ status: response.statusCode ?? 0, text, link: String(response.headers.link ?? '') });
      });
      response.on('error', fail);
    });
    const deadline = setTimeout(() => fail(new Error(`${url} did not answer in time.`)), timeoutMs);
    const fail = (/** @type {Error} */ error) => {
      clearTimeout(deadline);
      request.destroy();
      reject(error);
    };
    request.on('error', fail);
    request.end(body);
  });
}
