import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import chromiumPackage from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';
import { type BrowserProgram, type RunningBrowser, withBrowser } from './browser.ts';
import { type UnpackedBrowser, unpackBrowser, unpackedBrowser } from './inflate.ts';

/**
 * The part of the environment that says which browser: `CHROME_PATH`, an installed Chrome or Chromium;
 * `CHROMIUM_FOLDER`, where the program's own lies unpacked, below Lambda's LAMBDA_TASK_ROOT.
 */
export type BrowserEnvironment = Readonly<Record<string, string | undefined>>;

/** A browser that can be used, as often as one likes. */
export interface Chromium {
  /**
   * Starts a browser, lets it work, and ends it: when this returns or throws, its process and its profile are gone.
   *
   * @param budgetMs milliseconds for all of it, unpacking included
   * @throws PrintFailed `browser-missing`, `browser-did-not-start`, `browser-died` or `too-slow`; what `work` throws otherwise
   */
  use<T>(budgetMs: number, work: (running: RunningBrowser) => Promise<T>): Promise<T>;
}

/**
 * The only constructor of the browser.
 *
 * On Linux it is the Chromium that comes with the program, with its own libraries and fonts, so that a laptop, a test and
 * Lambda print the same bytes; elsewhere, or where CHROME_PATH is set, an installed Chrome.
 */
export function chromium(environment: BrowserEnvironment): Chromium {
  return {
    async use(budgetMs, work) {
      const started = performance.now();
      const program = await findProgram(environment);
      return withBrowser(program, budgetMs - (performance.now() - started), work);
    },
  };
}

/** @throws PrintFailed `browser-missing` */
async function findProgram(environment: BrowserEnvironment): Promise<BrowserProgram> {
  const { CHROME_PATH, CHROMIUM_FOLDER, LAMBDA_TASK_ROOT = '' } = environment;
  if (CHROME_PATH) return installed(CHROME_PATH, `CHROME_PATH names ${CHROME_PATH}`);
  if (CHROMIUM_FOLDER) return ours(await unpackedBrowser(resolve(LAMBDA_TASK_ROOT, CHROMIUM_FOLDER)));
  // The package brings a program for Linux on x86-64 alone.
  if (process.platform === 'linux' && process.arch === 'x64') return ours(await unpackBrowser());
  const path = await puppeteer.executablePath('chrome');
  return installed(path, `Chrome is expected at ${path}`);
}

function ours({ executable, libraries, fontConfig }: UnpackedBrowser): BrowserProgram {
  // Without the graphics library, which pages do not need.
  chromiumPackage.setGraphicsMode = false;
  return {
    executable,
    args: chromiumPackage.args,
    environment: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontConfig },
  };
}

async function installed(path: string, why: string): Promise<BrowserProgram> {
  try {
    await access(path, constants.X_OK);
  } catch (cause) {
    throw new PrintFailed(
      'browser-missing',
      `There is no browser: ${why}, and nothing there can be started. Set CHROME_PATH to an installed Chrome or Chromium${process.platform === 'linux' ? ', or unset it to use the one that comes with the program' : ''}.`,
      { path },
      cause,
    );
  }
  // Chrome refuses to run as root, as in a container, with its sandbox on.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Chrome's start script looks for its parts with the system's own commands.
  return {
    executable: path,
    args: [...args, '--font-render-hinting=none'],
    environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  };
}
