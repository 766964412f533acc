import { readFile } from 'node:fs/promises';
import { type Figure, type Figures, figuresArtefact } from '../../functions/compute/figures.ts';
import { loadTemplates, type Templates } from '../../functions/render/templates.ts';

/** The folder editors work in. */
export const templates: Templates = await loadTemplates(new URL('../../templates/', import.meta.url));

const body = await readFile(new URL('../fixtures/figures.json', import.meta.url));

/** Figures of a month, fresh for every test: what compute once made of the recorded edition. */
export function figures(): Figures {
  return figuresArtefact.parse(body, 'tests/fixtures/figures.json');
}

/** The same figures with some of them changed. */
export function withFigures(changes: Readonly<Record<string, Partial<Figure>>>): Figures {
  const all = figures();
  const changed = Object.entries(changes).map(([id, change]) => {
    const figure = all.figures[id];
    if (!figure) throw new Error(`the fixture has no figure ${id}`);
    return [id, { ...figure, ...change }] as const;
  });
  return { ...all, figures: { ...all.figures, ...Object.fromEntries(changed) } };
}

/** The editor's folder with one file put in, replaced or edited. */
export function withFile(path: string, edit: string | ((text: string) => string)): Templates {
  const files = new Map(templates.files);
  files.set(path, typeof edit === 'string' ? edit : edit(files.get(path) ?? ''));
  return { ...templates, files };
}

/** A page's text as a reader sees it: without tags, entities decoded, one blank between words. */
export function textOf(html: string): string {
  return html
    .replace(/<(style|svg|title)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<\/(p|li|tr|th|td|h[1-6]|caption|dd|dt|div|section)>/g, '\n')
    .replace(/<span (?:class="(?:nb|missing)"|title)[^>]*>([^<]*)<\/span>/g, '$1')
    .replace(/<\/?(strong|bdi|a|code)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n[\s]*/g, '\n')
    .trim();
}

/** One section of a page. */
export function section(html: string, id: string): string {
  const start = html.indexOf(`<section id="${id}"`);
  return html.slice(start, html.indexOf('</section>', start));
}
