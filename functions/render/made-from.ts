import { sha256 } from '../archive/artefact.ts';
import { fontBytes } from './bundle.ts';
import { fontName, wholeFace } from './font-files.ts';
import type { PrintJob } from './print-job.ts';
import type { Templates } from './templates.ts';
import { facesOf, type Theme } from './theme.ts';

/**
 * What the pages of a language were written with: the templates by the sum of all their files, whatever folder or bundle
 * they came from, and the faces of the language by the sums of theirs.
 */
export function madeFrom(
  templates: Templates,
  theme: Theme,
  locale: string,
): NonNullable<PrintJob['madeFrom']> {
  const files = [...templates.files].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = new Set(
    facesOf(theme, locale).flatMap((face) => [fontName(face), fontName(wholeFace(face))]),
  );
  const fonts = [...names].sort().flatMap((name) => {
    const font = templates.fonts.get(name);
    return font === undefined ? [] : [[name, sha256(fontBytes(font))] as const];
  });
  return {
    templates: {
      sha256: sha256(new TextEncoder().encode(JSON.stringify(files))),
      commit: templates.commit ?? null,
    },
    fonts: Object.fromEntries(fonts),
  };
}
