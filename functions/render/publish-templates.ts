import type { Archive } from '../archive/archive.ts';
import { sha256 } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { ArchiveConflict, BadRequest } from '../errors.ts';
import { bundleArtefact, bundleOf, fontArtefact, fontBytes } from './bundle.ts';
import {
  NEVER,
  pointerArtefact,
  pointerHistory,
  type TemplatesPointer,
  type TemplatesRef,
  templateFiles,
} from './published.ts';
import type { Templates } from './templates.ts';

/** What changing the current templates did. */
export interface TemplatesChange {
  readonly templates: TemplatesRef;
  /** What was current before. */
  readonly before: TemplatesRef;
  /** False if they were current already. */
  readonly changed: boolean;
}

type Change = TemplatesPointer['history'][number];

/**
 * Publishes templates without deploying: fonts, then the bundle, each under the SHA-256 of its bytes, and the pointer
 * last. Killed anywhere before that, nothing has changed.
 *
 * @param commit the commit they are of
 * @param by who publishes
 * @throws ArchiveConflict if somebody else changed the current templates meanwhile
 */
export async function publishTemplates(options: {
  archive: Archive;
  templates: Templates;
  commit: string;
  by: string;
  now: Date;
}): Promise<TemplatesChange> {
  const { archive, templates, commit, by, now } = options;
  const bundle = bundleOf(templates, commit);
  for (const [name, sum] of Object.entries(bundle.fonts)) {
    const font = fontBytes(templates.fonts.get(name) ?? '');
    await archive.writeOnce(fontArtefact, keys.templateFont(sum), font);
  }
  const address = sha256(bundleArtefact.serialise(bundle, 'the bundle'));
  await archive.writeOnce(bundleArtefact, keys.templateBundle(address), bundle);
  return point(archive, () => ({ templates: address, commit, by, at: now.toISOString() }));
}

/**
 * Makes earlier templates current again.
 *
 * @param to `release`, or the beginning of a bundle's SHA-256; without it, what was current before the last change
 * @throws BadRequest if there is nothing to go back to, or `to` names none or several
 * @throws TemplateError if this release cannot read them
 */
export async function rollBack(options: {
  archive: Archive;
  to?: string | undefined;
  by: string;
  now: Date;
}): Promise<TemplatesChange> {
  const { archive, to, by, now } = options;
  const pointer = await pointerHistory(archive);
  const templates = to === undefined ? before(pointer) : named(pointer, to);
  // Throws where this release could not read them.
  await templateFiles(archive, templates, async () => new Map());
  const commit = pointer.history.find((one) => one.templates === templates)?.commit ?? null;
  return point(archive, ({ current }) => {
    if (to === undefined && current !== pointer.current) throw conflict();
    return { templates, commit, by, at: now.toISOString() };
  });
}

function before({ current, history }: TemplatesPointer): TemplatesRef {
  if (history.length === 0)
    throw new BadRequest(
      'No templates were ever published here, so there is nothing to roll back: those that came with the release are current.',
    );
  return history.find(({ templates }) => templates !== current)?.templates ?? 'release';
}

function named({ history }: TemplatesPointer, to: string): TemplatesRef {
  if (to === 'release') return to;
  const known = [...new Set(history.map(({ templates }) => templates))];
  const found = known.filter((one) => one !== 'release' && one.startsWith(to));
  const [only] = found;
  if (only !== undefined && found.length === 1 && to.length >= 6) return only;
  throw new BadRequest(
    `"${to.slice(0, 70)}" names ${found.length > 1 ? 'several templates' : 'no templates that were published here'}. Give at least six characters of one that report templates list shows, or "release".`,
  );
}

/** Moves the pointer by one conditional write; the same templates again are no change. */
async function point(
  archive: Archive,
  change: (pointer: TemplatesPointer) => Change,
): Promise<TemplatesChange> {
  const there = await archive.find(pointerArtefact, keys.templates);
  const pointer = there?.value ?? NEVER;
  const next = change(pointer);
  if (next.templates === pointer.current)
    return { templates: next.templates, before: pointer.current, changed: false };
  try {
    await archive.write(
      pointerArtefact,
      keys.templates,
      { schemaVersion: 1, current: next.templates, history: [next, ...pointer.history] },
      there ? { ifMatch: there.etag } : { ifNoneMatch: '*' },
    );
  } catch (error) {
    throw error instanceof ArchiveConflict ? conflict(error) : error;
  }
  return { templates: next.templates, before: pointer.current, changed: true };
}

function conflict(cause?: unknown): ArchiveConflict {
  return new ArchiveConflict(
    'Somebody else changed the current templates at this moment. See report templates list, then decide anew.',
    {},
    cause,
  );
}
