import type { Check } from '../compute/figures.ts';
import type { PdfFacts } from './pdf.ts';
import { judged, unless } from './pdf-judged.ts';
import { lacking, lettersOf } from './pdf-letters.ts';
import type { PageFacts } from './pdf-page.ts';
import { type PlacedSection, placeSections } from './pdf-sections.ts';
import { type DeclaredChart, readSource } from './pdf-source.ts';
import { bare, numbersIn, readsFromRight, says } from './pdf-text.ts';

/** Unless it is the last or excused, a page that is less full looks like a mistake, or is one. */
const THIN_BELOW = 1 / 3;

/**
 * Judges the printed pages against the page they were printed from: whether everything that it declares is there, where
 * the contents say it is.
 *
 * @param html the page that was printed
 */
export function judgeAgainstSource(facts: PdfFacts, html: string): Check[] {
  const fromRight = readsFromRight(facts.language ?? '');
  const sections = placeSections(readSource(html), facts);
  return [
    begins(sections, facts),
    headed(sections, facts),
    nothingLost(sections, facts, fromRight),
    drawn(sections, facts),
    noThinPage(sections, facts),
  ];
}

function begins(sections: readonly PlacedSection[], { links }: PdfFacts): Check {
  const wrong = sections.flatMap(({ id, title, numbered, page }) => {
    if (page === null) return [`“${title}” is on no page`];
    const lines = links.filter((link) => !link.outside && link.to === id && link.shows.trim() !== '');
    const line = lines.find(
      ({ shows }) =>
        bare(shows).startsWith(bare(title)) || lacking(lettersOf([title]), lettersOf([shows])) === '',
    );
    if (!numbered) return [];
    if (!line) return [`the contents have no line of “${title}”`];
    return unless(
      numbersIn(line.shows).includes(page),
      `the contents say that “${title}” is on page ${numbersIn(line.shows).at(-1) ?? 'none'}, and it is on page ${page}`,
    );
  });
  return judged(
    'contents',
    'A contents line that leads to another page makes a reader look for what is not there.',
    wrong,
    `${sections.filter(({ numbered }) => numbered).length} sections where the contents say`,
  );
}

function headed(sections: readonly PlacedSection[], { layout }: PdfFacts): Check {
  const wrong = layout.flatMap((page, index) => {
    const number = index + 1;
    const here = sections.filter(({ pages }) => pages.includes(number));
    const owner = sections.findLast(({ hasHead, page }) => hasHead && page !== null && page <= number);
    if (!owner || !here.some(({ group }) => group === owner.group)) return [];
    const head = lettersOf(page.texts.filter(({ y }) => y > page.area.top).map(({ text }) => text));
    const fits = [owner, ...here].some(({ title }) => lacking(lettersOf([title]), head) === '');
    return unless(fits, `page ${number} has not the head of “${owner.title}”`);
  });
  return judged(
    'running-heads',
    'A page without its section’s head, copied alone, does not say what it is about.',
    wrong,
    'every page carries the head of its section',
  );
}

function nothingLost(sections: readonly PlacedSection[], { layout }: PdfFacts, fromRight: boolean): Check {
  const groups = Map.groupBy(sections, ({ group }) => group);
  const wrong = [...groups.values()].flatMap((group) => {
    const pages = layout.filter((_, index) => group.some(({ pages }) => pages.includes(index + 1)));
    const there = pages.flatMap(contentOf);
    const lost = lacking(lettersOf(group.flatMap(({ texts }) => texts)), lettersOf(there));
    if (lost === '') return [];
    const texts = group.flatMap((section) => section.texts).filter((text) => text.trim() !== '');
    const first = texts.find((text) => !says(there.join(''), text, fromRight));
    const where = group.map(({ title }) => `“${title}”`).join(', ');
    return [
      `${where} lost ${[...lost].length} letters${first === undefined ? ` (${lost.slice(0, 30)})` : `, of “${first.trim().replace(/\s+/g, ' ').slice(0, 80)}”`}`,
    ];
  });
  return judged(
    'nothing-lost',
    'What the page says and the print does not, because a box cut it off or a table ended too early, nobody misses.',
    wrong,
    'every letter of the page is in print',
  );
}

function drawn(sections: readonly PlacedSection[], { layout }: PdfFacts): Check {
  const wrong = sections.flatMap(({ title, pages, charts, bareExhibits }) => [
    ...bareExhibits.map(
      (exhibit) => `“${title}”: the exhibit “${exhibit}” shows nothing and does not say why`,
    ),
    ...charts.flatMap((chart) => {
      const complaint = emptiness(
        chart,
        layout.filter((_, index) => pages.includes(index + 1)),
      );
      return complaint === undefined
        ? []
        : [`“${title}”: the chart “${chart.alt.slice(0, 60)}” ${complaint}`];
    }),
  ]);
  const count = sections.reduce((sum, { charts }) => sum + charts.length, 0);
  return judged(
    'charts-drawn',
    'A chart that lost its data is an empty axis, and reads as if there had been nothing.',
    wrong,
    `${count} charts, all with marks`,
  );
}

/**
 * What is wrong with a chart, if anything. Its data must be more than its axes, on the page it declares and in print;
 * half of its marks suffice, since what lies under others or has no colour need not be painted.
 */
function emptiness(
  { alt, marks, frame, shapes }: DeclaredChart,
  pages: readonly PageFacts[],
): string | undefined {
  if (marks === 0) return 'has no marks, only its axes';
  const figures = pages.flatMap((page) => page.figures).filter((figure) => bare(figure.alt) === bare(alt));
  if (figures.length === 0) return 'is not in print';
  const painted = figures.reduce((sum, figure) => sum + figure.shapes, 0);
  return painted < frame + shapes / 2
    ? `has ${painted} of ${frame + shapes} lines and areas in print`
    : undefined;
}

function noThinPage(sections: readonly PlacedSection[], { filledByPage, pages }: PdfFacts): Check {
  const wrong = filledByPage.flatMap((filled, index) => {
    const number = index + 1;
    const here = sections.filter((section) => section.pages.includes(number));
    const isExcused = number === pages || here.some(({ short }) => short !== null);
    const name = here.map(({ title }) => `“${title}”`).join(', ');
    return unless(
      isExcused || filled >= THIN_BELOW,
      `page ${number}${name === '' ? '' : `, ${name},`} is ${Math.round(filled * 100)} % full, at least ${Math.round(THIN_BELOW * 100)} % are wanted`,
    );
  });
  return judged(
    'no-thin-page',
    'A table that grew by a line leaves a page with its last line alone.',
    wrong,
    'no page is less than a third full',
    // Ugly, not wrong: a person decides whether readers wait for it.
    'hold',
  );
}

/** The texts of a page's content, without its head and foot. */
function contentOf({ texts, area }: PageFacts): string[] {
  return texts.filter(({ y }) => y >= area.bottom - 1 && y <= area.top + 1).map(({ text }) => text);
}
