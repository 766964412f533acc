import { pageName } from './accepted.ts';
import { letter } from './lettering.ts';
import { blank, fill, lay, type Picture, shrunk } from './picture.ts';

/** The pages of one language, and which of them are not as accepted. */
export interface SheetPages {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly pages: readonly Picture[];
  readonly changed: ReadonlySet<number>;
}

const GROUND = [0x77, 0x75, 0x72] as const;
const LABEL = [0xff, 0xff, 0xff] as const;
const CHANGED = [0xff, 0x2d, 0x1a] as const;
const GAP = 14;
const LABEL_HEIGHT = 22;

/**
 * All pages on one picture, each with its language and number above it, those that changed in a red frame; from the
 * right in a language that is read from there. Languages stand one below another.
 *
 * @param factor how many times smaller than the pages, a whole number
 */
export function contactSheet(languages: readonly SheetPages[], columns: number, factor: number): Picture {
  const pages = languages.flatMap((one) => one.pages);
  const cell = {
    width: Math.floor(Math.max(1, ...pages.map(({ width }) => width)) / factor) + GAP,
    height: Math.floor(Math.max(1, ...pages.map(({ height }) => height)) / factor) + GAP + LABEL_HEIGHT,
  };
  const rowsOf = ({ pages }: SheetPages) => Math.ceil(pages.length / columns);
  const rows = languages.reduce((sum, one) => sum + rowsOf(one), 0);
  const sheet = blank(columns * cell.width + GAP, rows * cell.height + GAP);
  fill(sheet, { x: 0, y: 0, ...sheet }, GROUND);
  let above = 0;
  for (const one of languages) {
    for (const [index, page] of one.pages.entries()) {
      const column = index % columns;
      const x = GAP + (one.direction === 'rtl' ? columns - 1 - column : column) * cell.width;
      const y = GAP + (above + Math.floor(index / columns)) * cell.height;
      const small = shrunk(page, factor);
      const isChanged = one.changed.has(index + 1);
      const name = `${one.language} ${pageName(index + 1)}`;
      letter(sheet, name, { x, y }, 3, isChanged ? CHANGED : LABEL);
      const place = { x, y: y + LABEL_HEIGHT };
      if (isChanged)
        fill(
          sheet,
          { x: place.x - 4, y: place.y - 4, width: small.width + 8, height: small.height + 8 },
          CHANGED,
        );
      lay(sheet, small, place);
    }
    above += rowsOf(one);
  }
  return sheet;
}
