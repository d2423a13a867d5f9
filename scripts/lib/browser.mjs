/** A Chromium for the browser tests, wherever one can be had without a download. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { PlainError } from './progress.mjs';
import { readDotenv, root } from './settings.mjs';

/**
 * Looks in CHROMIUM_PATH, at Playwright's own, at the system's, and last unpacks the one that npm brought.
 * Returns the environment for Playwright.
 *
 * @returns {Promise<{ CHROMIUM_PATH: string } & Record<string, string>>}
 */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH || readDotenv(path.join(root, '.env')).CHROMIUM_PATH;
  if (given) {
    if (!runs(given)) throw new PlainError(`CHROMIUM_PATH (${given}) is no Chromium that runs here.`);
    return { CHROMIUM_PATH: given };
  }
  const { chromium } = await import('@playwright/test');
  const found = [chromium.executablePath(), '/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) =>
    runs(file),
  );
  if (found) return { CHROMIUM_PATH: found };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackFromNpm();
  throw new PlainError('No Chromium was found. Get one with: npx playwright install chromium');
}

async function unpackFromNpm() {
  const require = createRequire(import.meta.url);
  const source = path.resolve(require.resolve('@sparticuz/chromium'), '../../bin');
  const { version } = JSON.parse(fs.readFileSync(path.join(source, '../package.json'), 'utf8'));
  const directory = path.join(root, '.data', `chromium-${version}`);
  const chromium = path.join(directory, 'chromium');
  const libraries = { LD_LIBRARY_PATH: path.join(directory, 'lib') };
  const fonts = { FONTCONFIG_FILE: path.join(directory, 'fonts.conf') };
  if (!fs.existsSync(chromium)) {
    fs.mkdirSync(directory, { recursive: true });
    await unpackTar(path.join(source, 'fonts.tar.br'), directory);
    await unpackTar(path.join(source, 'al2023.tar.br'), directory);
    fs.writeFileSync(fonts.FONTCONFIG_FILE, fontConfiguration(directory));
    await decompress(path.join(source, 'chromium.br'), `${chromium}.new`, 0o755);
    fs.renameSync(`${chromium}.new`, chromium);
  }
  if (runs(chromium)) return { CHROMIUM_PATH: chromium, ...fonts };
  if (runs(chromium, libraries)) return { CHROMIUM_PATH: chromium, ...fonts, ...libraries };
  throw new PlainError(
    'The Chromium from npm does not run here. Get one with: npx playwright install --with-deps chromium',
  );
}

async function decompress(source, target, mode) {
  await pipeline(
    fs.createReadStream(source),
    zlib.createBrotliDecompress(),
    fs.createWriteStream(target, { mode }),
  );
}

async function unpackTar(source, directory) {
  const tar = path.join(directory, 'unpacking.tar');
  await decompress(source, tar, 0o644);
  const { status, stderr } = spawnSync('tar', ['-xf', tar, '-C', directory, '--no-same-owner'], {
    encoding: 'utf8',
  });
  fs.rmSync(tar);
  if (status !== 0) throw new Error(`Could not unpack ${source}: ${stderr}`);
}

/** Our fonts beside the system's, so that text renders on a machine without any. */
function fontConfiguration(directory) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(directory, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${path.join(directory, 'font-cache')}</cachedir>
</fontconfig>
`;
}

function runs(executable, env = {}) {
  if (!fs.existsSync(executable)) return false;
  const { status } = spawnSync(executable, ['--version', '--no-sandbox'], {
    env: { ...process.env, ...env },
    timeout: 30_000,
  });
  return status === 0;
}
