import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import type { Check } from '../compute/figures.ts';
import { headersOf, scopeOf, spanOf } from '../print/tag-attributes.ts';
import { kidsOf, rootOf, type Tag, tagsOf, typeOf } from '../print/tag-tree.ts';
import { judged, unless } from './pdf-judged.ts';

const name = PDFName.of;

/** The types that PDF 1.7 knows. @see ISO 32000-1, 14.8.4 */
const STANDARD = new Set(
  'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form'.split(
    ' ',
  ),
);

/** That the tags are what a screen reader is promised. */
export function tagRules(document: PDFDocument): Check[] {
  const tags = tagsOf(document);
  const roles = rootOf(document)?.lookupMaybe(name('RoleMap'), PDFDict);
  const roleOf = ({ element }: Tag) => {
    let type = typeOf(element);
    for (let steps = 0; !STANDARD.has(type) && steps < 8; steps++)
      type = roles?.lookupMaybe(name(type), PDFName)?.decodeText() ?? type;
    return type;
  };
  const roled = tags.map((tag) => ({ tag, role: roleOf(tag) }));
  return [
    typed(roled),
    figuresDescribed(roled),
    headingsInSteps(roled),
    listsWhole(document, roled),
    tablesWhole(roled),
    languagesSaid(tags),
  ];
}

interface Roled {
  readonly tag: Tag;
  readonly role: string;
}

function typed(tags: readonly Roled[]): Check {
  const strange = new Set(tags.flatMap(({ role }) => unless(STANDARD.has(role), role)));
  return judged(
    'tags-known',
    'A tag of a type that nobody knows says nothing: its content is read as if it stood alone.',
    [
      ...unless(tags.length > 0 && tags[0]?.role === 'Document', 'the tags do not begin with a document'),
      ...[...strange].map((type) => `${type} stands for no type of the standard`),
    ],
    `${tags.length} tags`,
  );
}

function figuresDescribed(tags: readonly Roled[]): Check {
  const figures = tags.filter(({ role }) => role === 'Figure' || role === 'Formula');
  const wrong = figures.flatMap(({ tag }, index) =>
    unless(
      textAt(tag.element, 'Alt') !== '' || textAt(tag.element, 'ActualText') !== '',
      `figure ${index + 1} does not say what it shows`,
    ),
  );
  return judged(
    'figures-described',
    'A chart without words is a hole in the page to whoever cannot see it.',
    wrong,
    `${figures.length} figures`,
  );
}

function headingsInSteps(tags: readonly Roled[]): Check {
  const levels = tags.flatMap(({ role }) => (/^H[1-6]$/.test(role) ? [Number(role[1])] : []));
  return judged(
    'headings-in-steps',
    'A heading that skips a level looks as if a section were missing.',
    [
      ...unless(levels[0] === 1, 'the first heading is not of the first level'),
      ...levels.flatMap((level, index) =>
        unless(
          index === 0 || level <= (levels[index - 1] ?? 0) + 1,
          `heading ${index + 1} jumps to level ${level}`,
        ),
      ),
    ],
    `${levels.length} headings`,
  );
}

function listsWhole(document: PDFDocument, tags: readonly Roled[]): Check {
  const roleAt = new Map(tags.map(({ tag, role }) => [tag.element, role]));
  const within = ({ tag }: Roled) =>
    kidsOf(tag.element).map((kid) => {
      const element = document.context.lookup(kid);
      return element instanceof PDFDict ? (roleAt.get(element) ?? 'content') : 'content';
    });
  const wrong = tags.flatMap((one) => {
    const kids = within(one);
    const allowed = MAY_HOLD[one.role];
    const parent = one.tag.parent && roleAt.get(one.tag.parent.element);
    const belongs = BELONGS_IN[one.role];
    return [
      ...kids.flatMap((kid) =>
        unless(allowed === undefined || allowed.includes(kid), `${one.role} holds ${kid}`),
      ),
      ...unless(belongs === undefined || belongs.includes(parent ?? ''), `${one.role} stands in ${parent}`),
    ];
  });
  return judged(
    'lists-whole',
    'A list or table whose parts are not where they belong is read as loose lines, without their number.',
    [...new Set(wrong)],
    'lists and tables hold what they may',
  );
}

const MAY_HOLD: Readonly<Record<string, readonly string[]>> = {
  L: ['L', 'LI', 'Caption'],
  LI: ['Lbl', 'LBody'],
  Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'],
  TR: ['TH', 'TD'],
  THead: ['TR'],
  TBody: ['TR'],
  TFoot: ['TR'],
};

const BELONGS_IN: Readonly<Record<string, readonly string[]>> = {
  LI: ['L'],
  LBody: ['LI'],
  TR: ['Table', 'THead', 'TBody', 'TFoot'],
  TH: ['TR'],
  TD: ['TR'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
};

function tablesWhole(tags: readonly Roled[]): Check {
  const ids = new Set(tags.map(({ tag }) => textAt(tag.element, 'ID')));
  const tables = tags.filter(({ role }) => role === 'Table');
  const tableOf = ({ parent }: Tag): PDFDict | undefined =>
    parent === undefined ? undefined : typeOf(parent.element) === 'Table' ? parent.element : tableOf(parent);
  const wrong = tables.flatMap(({ tag: table }, index) => {
    const cells = tags.filter(({ tag, role }) => /^T[HD]$/.test(role) && tableOf(tag) === table.element);
    const widths = new Map<Tag | undefined, number>();
    for (const { tag } of cells)
      widths.set(tag.parent, (widths.get(tag.parent) ?? 0) + spanOf(tag.element, 'ColSpan'));
    const spans = cells.some(({ tag }) => spanOf(tag.element, 'RowSpan') > 1);
    return [
      ...unless(spans || new Set(widths.values()).size <= 1, 'its rows differ in their columns'),
      ...unless(
        cells.some(({ role }) => role === 'TH'),
        'it has no heads',
      ),
      ...cells.flatMap(({ tag, role }) =>
        unless(
          role === 'TD' || /^(Column|Row|Both)$/.test(scopeOf(tag.element) ?? ''),
          'a head does not say of what',
        ),
      ),
      ...cells.flatMap(({ tag }) =>
        headersOf(tag.element).flatMap((id) =>
          unless(ids.has(id), `a cell names a head ${id} that is not there`),
        ),
      ),
    ].map((fault) => `table ${index + 1}: ${fault}`);
  });
  return judged(
    'table-heads',
    'A cell whose heads cannot be told is a number of nothing to whoever hears the table.',
    [...new Set(wrong)],
    `${tables.length} tables`,
  );
}

function languagesSaid(tags: readonly Tag[]): Check {
  const wrong = tags.flatMap(({ element }) => {
    const language = textAt(element, 'Lang');
    return element.has(name('Lang'))
      ? unless(/^[A-Za-z]{2,8}(-[A-Za-z\d]{1,8})*$/.test(language), `“${language}” is no language`)
      : [];
  });
  return judged(
    'languages-said',
    'A word in another language that does not say so is read with the wrong voice.',
    wrong,
    'every language is one',
  );
}

function textAt(element: PDFDict, key: string): string {
  const text = element.lookup(name(key));
  return text instanceof PDFString || text instanceof PDFHexString ? text.decodeText() : '';
}
