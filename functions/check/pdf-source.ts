import { type Element, hasClass, scan } from './pdf-source-scan.ts';

/** A chart that the page declares: what it tells, and how much of it is data. */
export interface DeclaredChart {
  readonly alt: string;
  /** What stands for data: bars, lines, points and areas, and labels; those without extent are not counted. */
  readonly marks: number;
  /** Of these, without the labels. */
  readonly shapes: number;
  /** Lines of its axes and other drawing beside the data. */
  readonly frame: number;
}

/** A section of the page that was printed. */
export interface DeclaredSection {
  readonly id: string;
  /** Its heading, with its number if it has one. */
  readonly title: string;
  readonly numbered: boolean;
  /** Whether the pages it begins carry its heading in their margin. */
  readonly hasHead: boolean;
  /** Why its last page may be nearly empty; null if it may not. */
  readonly short: string | null;
  /** Its texts, one a cell or paragraph or label. */
  readonly texts: readonly string[];
  readonly charts: readonly DeclaredChart[];
  /** Titles of its exhibits that show neither a chart nor say why there is none. */
  readonly bareExhibits: readonly string[];
}

/** Elements that end a text. */
const BLOCKS = new Set(
  'p li tr th td h1 h2 h3 h4 caption dd dt div section header figcaption figure text a title'.split(' '),
);

/**
 * What the page that was printed declares, in its own order: sections, their texts and their charts. A section that says
 * that something was not measured may be short, and so may one that carries `data-short` with the reason.
 */
export function readSource(html: string): DeclaredSection[] {
  const sections: Writing[] = [];
  let section: Writing | undefined;
  for (const piece of scan(html)) {
    const { inside } = piece;
    const isTop = !inside.some(({ tag }) => tag === 'section');
    if (piece.kind === 'begin' && piece.tag === 'section' && isTop) {
      section = begun(piece, html);
      sections.push(section);
    } else if (piece.kind === 'end' && piece.tag === 'section' && isTop) {
      section = undefined;
    } else if (section) {
      if (piece.kind === 'text') addText(section, piece.text, inside);
      else if (piece.kind === 'begin') addElement(section, piece, inside);
      else endElement(section, piece.tag, inside);
    }
  }
  return sections.map(({ ending, exhibit, ...declared }) => ({ ...declared, title: declared.title.trim() }));
}

interface Writing {
  readonly id: string;
  title: string;
  numbered: boolean;
  readonly hasHead: boolean;
  short: string | null;
  readonly texts: string[];
  readonly charts: { alt: string; marks: number; shapes: number; frame: number }[];
  readonly bareExhibits: string[];
  /** Whether the next text begins a new one. */
  ending: boolean;
  exhibit: { title: string; shows: boolean } | null;
}

function begun({ attributes }: Element, html: string): Writing {
  const id = attributes.get('id') ?? '';
  return {
    id,
    title: '',
    numbered: false,
    hasHead: new RegExp(`@page page-${id} \\{ @top-`).test(html),
    short: attributes.get('data-short') ?? null,
    texts: [],
    charts: [],
    bareExhibits: [],
    ending: true,
    exhibit: null,
  };
}

function addText(section: Writing, text: string, inside: readonly Element[]): void {
  const around = (tag: string) => inside.some((element) => element.tag === tag);
  if (around('svg') && !around('text')) return;
  if (inside.some(isUnseen)) return;
  if (around('h2') || around('h1')) section.title += text;
  if (section.exhibit && text.trim() !== '' && !around('svg')) {
    if (around('figcaption')) section.exhibit.title ||= text.trim();
    else if (!inside.some((element) => hasClass(element, 'source'))) section.exhibit.shows = true;
  }
  if (around('text') && inside.some(isData) && text.trim() !== '') {
    const chart = section.charts.at(-1);
    if (chart) chart.marks += 1;
  }
  if (section.ending) section.texts.push('');
  section.texts[section.texts.length - 1] += text;
  section.ending = false;
}

function addElement(section: Writing, element: Element, inside: readonly Element[]): void {
  const { tag, attributes } = element;
  if (BLOCKS.has(tag) || tag === 'br') section.ending = true;
  if (hasClass(element, 'section-number')) section.numbered = true;
  if (tag === 'figure') section.exhibit = { title: '', shows: false };
  if (tag === 'p' && hasClass(element, 'not-measured')) section.short ??= 'not measured';
  if (tag === 'svg') {
    if (section.exhibit) section.exhibit.shows = true;
    const alt = attributes.get('aria-label');
    if (alt !== undefined && hasClass(element, 'chart'))
      section.charts.push({ alt, marks: 0, shapes: 0, frame: 0 });
    return;
  }
  const svg = inside.findLast((one) => one.tag === 'svg');
  const chart = section.charts.at(-1);
  if (!svg || !chart || svg.attributes.get('aria-label') !== chart.alt || !hasExtent(element)) return;
  if (!inside.some(isData)) chart.frame += 1;
  else {
    chart.marks += 1;
    chart.shapes += 1;
  }
}

function endElement(section: Writing, tag: string, _inside: readonly Element[]): void {
  if (BLOCKS.has(tag)) section.ending = true;
  if (tag !== 'figure' || !section.exhibit) return;
  if (!section.exhibit.shows) section.bareExhibits.push(section.exhibit.title);
  section.exhibit = null;
}

/** Hidden from the eye: told to screen readers alone, or not at all. */
function isUnseen(element: Element): boolean {
  return hasClass(element, 'hidden') || element.attributes.has('hidden');
}

/** Vega's group of what stands for data, beside its axes, legends and titles. */
function isData(element: Element): boolean {
  return element.tag === 'g' && hasClass(element, 'role-mark');
}

/** Whether a shape of a chart is seen: it is painted, and reaches from somewhere to somewhere else. */
function hasExtent({ tag, attributes }: Element): boolean {
  const says = (name: string) => attributes.get(name);
  const unpainted = (paint: string | undefined) => paint === undefined || paint === 'none';
  if (says('display') === 'none' || says('opacity') === '0') return false;
  if (tag === 'line') {
    if (unpainted(says('stroke'))) return false;
    return Number(says('x2') ?? 0) !== 0 || Number(says('y2') ?? 0) !== 0;
  }
  if (tag !== 'path' || (unpainted(says('fill')) && unpainted(says('stroke')))) return false;
  const drawn = [...(says('d') ?? '').matchAll(/([a-z])([^a-z]*)/gi)].map(([, command = '', given = '']) => ({
    command,
    given: given.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [],
  }));
  const lengths = (letters: string) =>
    drawn.filter(({ command }) => letters.includes(command)).map(({ given }) => given);
  if (lengths('LCSQTA').length > 0 || lengths('lcsqta').some((one) => one.some((value) => value !== 0)))
    return true;
  const [across, along] = [lengths('hH').flat(), lengths('vV').flat()];
  const reaches = (values: number[]) => values.some((value) => Math.abs(value) > 0.01);
  return unpainted(says('stroke')) ? reaches(across) && reaches(along) : reaches(across) || reaches(along);
}
