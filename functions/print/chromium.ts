import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';
import { unpackBrowser } from './inflate.ts';

/** A running browser with a profile of its own. */
export interface RunningBrowser {
  readonly browser: Browser;
  /** Ends the process, whatever state it is in, and removes its profile. */
  stop(): Promise<void>;
}

/** How to start the browser. */
export interface Chromium {
  /** @throws PrintFailed `browser-missing`, `browser-did-not-start` */
  start(budgetMs: number): Promise<RunningBrowser>;
}

/** With any of these, an iframe of a `file:` URL prints local files into the PDF, even without JavaScript. */
const INSECURE = [
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
];

/**
 * The only constructor of the browser: the one that travels with the program on Linux, an installed Chrome
 * elsewhere or where `CHROME_PATH` is set.
 */
export function chromium(environment: Readonly<Record<string, string | undefined>>): Chromium {
  return {
    async start(budgetMs) {
      const profile = await mkdtemp(join(tmpdir(), 'balance-profile-'));
      try {
        const options = await launchOptions(environment.CHROME_PATH, profile);
        const browser = await puppeteer
          .launch({ ...options, userDataDir: profile, pipe: true, timeout: Math.max(1, budgetMs) })
          .catch((cause: unknown) => {
            throw new PrintFailed(
              'browser-did-not-start',
              `The browser ${options.executablePath ?? 'Chrome'} did not start: ${firstLines(cause)}. Set CHROME_PATH to a Chrome that starts on this machine.`,
              {},
              cause,
            );
          });
        return { browser, stop: () => stop(browser, profile) };
      } catch (error) {
        await rm(profile, { recursive: true, force: true });
        throw error;
      }
    },
  };
}

async function launchOptions(chromePath: string | undefined, profile: string): Promise<LaunchOptions> {
  const env = { HOME: profile, TMPDIR: profile, LANG: 'C.UTF-8', TZ: 'UTC', PATH: '/usr/bin:/bin' };
  if (chromePath !== undefined && chromePath !== '') {
    await access(chromePath, constants.X_OK).catch((cause: unknown) => {
      throw new PrintFailed(
        'browser-missing',
        `CHROME_PATH is ${chromePath}, which is not an executable file. Correct it, or unset it to use the browser that comes with the program.`,
        { chromePath },
        cause,
      );
    });
    return {
      executablePath: chromePath,
      headless: 'shell',
      args: ['--no-sandbox', '--font-render-hinting=none'],
      env,
    };
  }
  if (process.platform !== 'linux')
    return { channel: 'chrome', headless: 'shell', args: ['--font-render-hinting=none'] };
  const { executable, libraries, fonts } = await unpackBrowser();
  const fontconfig = join(profile, 'fonts.conf');
  await writeFile(
    fontconfig,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${profile}/fonts</cachedir></fontconfig>`,
  );
  const args = sparticuz.args.filter((flag) => !INSECURE.includes(flag) && !flag.startsWith('--headless'));
  return {
    executablePath: executable,
    headless: 'shell',
    args,
    env: { ...env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontconfig },
  };
}

/** Closing asks the browser; a hung one does not answer, so the process is killed after all. */
async function stop(browser: Browser, profile: string): Promise<void> {
  const child = browser.process();
  const gone = new Promise<void>((done) =>
    child === null || child.exitCode !== null || child.signalCode !== null
      ? done()
      : child.once('exit', () => done()),
  );
  child?.kill('SIGKILL');
  await gone;
  await browser.disconnect().catch(() => {});
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .join(' ')
    .slice(0, 400);
}
