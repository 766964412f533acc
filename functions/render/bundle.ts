import { z } from 'zod';
import { type Artefact, bytesArtefact, jsonArtefact, sha256, sha256Schema } from '../archive/artefact.ts';
import { TemplateError } from '../errors.ts';
import type { Templates } from './templates.ts';

/**
 * What templates may take for granted of this release: helpers, names of data, settings. It grows by one when something
 * of that changes its meaning or goes, so that old templates never meet new helpers unnoticed.
 */
export const TEMPLATES_API = 2;

const path = z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/);
const fontName = z.string().regex(/^@?[\w-][\w./{}-]*$/);

const bundleSchema = z.strictObject({
  schemaVersion: z.literal(1),
  api: z.int().positive(),
  /** The commit of the folder they were published from. */
  commit: z.string().regex(/^[0-9a-f]{7,64}$/),
  /** Text files by their path in `templates/`. */
  files: z.record(path, z.string()),
  /** SHA-256 of each font file the theme names, by `package/file`. */
  fonts: z.record(fontName, sha256Schema),
});

/** The editor's folder as one object of the archive; its address is the SHA-256 of its bytes. */
export type Bundle = z.infer<typeof bundleSchema>;

const whole = jsonArtefact<Bundle>('bundle of templates', bundleSchema);
const apiOnly = jsonArtefact('bundle of templates', z.object({ api: z.int().positive() }));

/** Reads a bundle only if this release knows its `api`: what a later one looks like is not ours to judge. */
export const bundleArtefact: Artefact<Bundle> = {
  name: whole.name,
  parse(body, where) {
    const { api } = apiOnly.parse(body, where);
    if (api !== TEMPLATES_API) {
      throw new TemplateError(
        `The templates at ${where} are written for api ${api}, and this release reads api ${TEMPLATES_API}. Roll back to templates of api ${TEMPLATES_API} (report templates list), or deploy the release they were written for.`,
        { where, api, reads: TEMPLATES_API },
      );
    }
    return whole.parse(body, where);
  },
  serialise: whole.serialise,
};

/** A font file, whatever its format. */
export const fontArtefact = bytesArtefact('font file');

/** Makes a bundle of templates; its font files are objects of their own, shared by all bundles that name them. */
export function bundleOf(templates: Templates, commit: string): Bundle {
  const sorted = <T>(map: Iterable<readonly [string, T]>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    schemaVersion: 1,
    api: TEMPLATES_API,
    commit,
    files: sorted(templates.files),
    fonts: sorted([...templates.fonts].map(([name, base64]) => [name, sha256(fontBytes(base64))] as const)),
  };
}

/** The bytes of a font file as `Templates` holds it. */
export function fontBytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
