import { z } from 'zod';
import type { Archive } from '../archive/archive.ts';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { type Bundle, bundleArtefact, fontArtefact } from './bundle.ts';
import type { Templates } from './templates.ts';

/** Which templates: those that came with the release, or a published bundle by its SHA-256. */
export type TemplatesRef = 'release' | (string & {});
export const templatesRefSchema = z.union([z.literal('release'), sha256Schema]);

const changeSchema = z.strictObject({
  templates: templatesRefSchema,
  /** The commit of a bundle; null for the release's own. */
  commit: z.string().nullable(),
  by: z.string().min(1).max(300),
  at: z.iso.datetime(),
});
const pointerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  current: templatesRefSchema,
  /** Every change there was, newest first. */
  history: z.array(changeSchema),
});

/** Which templates are current, and which were before. Written last, by one conditional write. */
export type TemplatesPointer = z.infer<typeof pointerSchema>;
/** Where no editor has published any. */
export const NEVER: TemplatesPointer = { schemaVersion: 1, current: 'release', history: [] };
export const pointerArtefact = jsonArtefact<TemplatesPointer>('list of published templates', pointerSchema);

/** Which templates are current, and every change there was. */
export async function pointerHistory(archive: Archive): Promise<TemplatesPointer> {
  return (await archive.find(pointerArtefact, keys.templates))?.value ?? NEVER;
}

/**
 * Which templates are current. Where no editor has published any, those that came with the release are: so a deployment
 * sets the templates only if no editor has.
 */
export async function currentTemplates(archive: Archive): Promise<TemplatesRef> {
  return (await pointerHistory(archive)).current;
}

/**
 * The text files of templates, without their fonts.
 *
 * @param own reads those that came with the release
 * @throws TemplateError if they are written for another `api`
 * @throws IncompleteEdition if there is no such bundle
 */
export async function templateFiles(
  archive: Archive,
  ref: TemplatesRef,
  own: () => Promise<ReadonlyMap<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  if (ref === 'release') return own();
  return new Map(Object.entries((await readBundle(archive, ref)).files));
}

/**
 * Templates as values, fonts included.
 *
 * @param own reads those that came with the release
 * @throws TemplateError if they are written for another `api`
 * @throws IncompleteEdition if there is no such bundle, or a font of it is missing
 * @throws ArchiveCorrupt if bytes are not those of their address
 */
export async function templatesAt(
  archive: Archive,
  ref: TemplatesRef,
  own: () => Promise<Templates>,
): Promise<Templates> {
  if (ref === 'release') return own();
  const bundle = await readBundle(archive, ref);
  const fonts = await Promise.all(
    Object.entries(bundle.fonts).map(async ([name, sum]) => {
      const { value } = await archive.read(fontArtefact, keys.templateFont(sum), sum);
      return [name, Buffer.from(value).toString('base64')] as const;
    }),
  );
  return { files: new Map(Object.entries(bundle.files)), fonts: new Map(fonts), commit: bundle.commit };
}

/**
 * Refuses a release that could not read the templates that are current in an archive.
 *
 * @throws TemplateError if they are written for another `api`
 */
export async function assertReadable(archive: Archive): Promise<void> {
  const ref = await currentTemplates(archive);
  if (ref !== 'release') await readBundle(archive, ref);
}

async function readBundle(archive: Archive, ref: string): Promise<Bundle> {
  return (await archive.read(bundleArtefact, keys.templateBundle(ref), ref)).value;
}
