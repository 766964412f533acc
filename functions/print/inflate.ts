import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { z } from 'zod';
import { PrintFailed } from '../errors.ts';

/** The browser that travels with the program, unpacked: its executable, its libraries and one last-resort font. */
export interface Unpacked {
  readonly executable: string;
  readonly libraries: string;
  readonly fonts: string;
}

const packageSchema = z.object({ version: z.string() });

/**
 * Unpacks the browser once per machine and version: beside its place first, then moved there in one step, so that
 * a killed unpacking and two at once both end in a whole browser. Only a folder of this user's is trusted.
 *
 * @param root where unpacked browsers are kept
 * @throws PrintFailed `browser-missing` if it cannot be unpacked
 */
export async function unpackBrowser(
  root = join(tmpdir(), `open-model-balance-${userInfo().uid}`),
): Promise<Unpacked> {
  try {
    const home = new URL('.', import.meta.resolve('@sparticuz/chromium'));
    const { version } = packageSchema.parse(
      JSON.parse(await readFile(new URL('../package.json', home), 'utf8')),
    );
    const place = join(root, `chromium-${version}-${process.arch}`);
    if (!(await isWhole(place))) await unpack(fileURLToPath(new URL('../bin/', home)), root, place);
    return {
      executable: join(place, 'chromium'),
      libraries: join(place, 'al2023', 'lib'),
      fonts: join(place, 'fonts', 'fonts'),
    };
  } catch (cause) {
    throw new PrintFailed(
      'browser-missing',
      `The browser could not be unpacked into ${root}: ${cause instanceof Error ? cause.message : String(cause)}. It needs about 220 MB there; set TMPDIR to another folder, or CHROME_PATH to an installed Chrome.`,
      { root },
      cause,
    );
  }
}

async function unpack(packed: string, root: string, place: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(join(root, 'unpacking-'));
  try {
    await Promise.all(
      inflateInto(
        staging,
        ['chromium.br', 'swiftshader.tar.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) =>
          join(packed, name),
        ),
      ),
    );
    const { size } = await stat(join(staging, 'chromium'));
    await writeFile(join(staging, 'size'), String(size));
    await rm(place, { recursive: true, force: true });
    await rename(staging, place).catch(async (error: unknown) => {
      if (!(await isWhole(place))) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** The package unpacks into the temporary folder that is set at the moment it is called. */
function inflateInto(folder: string, files: readonly string[]): Promise<string>[] {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return files.map((file) => inflate(file));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** True if the executable has the size that was written down when it was whole, and belongs to this user. */
async function isWhole(place: string): Promise<boolean> {
  const [size, found] = await Promise.all([
    readFile(join(place, 'size'), 'utf8').catch(() => ''),
    stat(join(place, 'chromium')).catch(() => undefined),
  ]);
  return (
    found !== undefined &&
    String(found.size) === size &&
    (process.getuid === undefined || found.uid === process.getuid())
  );
}
