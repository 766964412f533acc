import { monthBefore, parseEdition } from '../edition.ts';
import { type Lead, leadOf, movementOf } from './balance.ts';
import type { FiguresBook } from './figures-book.ts';
import { escapeHtml, Written } from './html.ts';
import { type Call, Complaint, type Helper, need, type Setting } from './vocabulary.ts';

const WIDTH = 66;
const HEIGHT = 18;
/** Room for the width of the line at the edges. */
const EDGE = 2;

/** One side of an axis in an edition. */
interface Point {
  readonly edition: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Helpers that write what the editions before this one said. */
export function historyHelpers(setting: Setting): Readonly<Record<string, Helper>> {
  const { book, words, numbers, theme } = setting;
  const axis = (call: Call, count = 1): string => String(need(call, count, 'the id of an axis')[0]);
  return {
    /** Both sides of an axis over the last 24 editions as two small lines; a dash where there are no two. */
    sparkline: (call) => {
      const id = axis(call);
      const sides = [side(book, id, 'china'), side(book, id, 'united-states')] as const;
      const editions = [...new Set(sides.flat().map(({ edition }) => edition))].sort();
      const values = sides.flat().flatMap(({ value }) => (value === null ? [] : [value]));
      const measured = editions.filter((edition) =>
        sides.flat().some((point) => point.edition === edition && point.value !== null),
      );
      if (measured.length < 2) return words.label('cell.nothing');
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const x = (edition: string) =>
        EDGE + (editions.indexOf(edition) / (editions.length - 1)) * (WIDTH - 2 * EDGE);
      const y = (value: number) =>
        high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
      const lines = sides.map((points, index) =>
        runs(points)
          .map(
            (run) =>
              `<polyline fill="none" stroke="${theme.colours[index === 0 ? 'china' : 'unitedStates'] ?? '#000'}" stroke-width="1.4" points="${run
                .map(({ edition, value }) => `${x(edition).toFixed(1)},${y(value ?? 0).toFixed(1)}`)
                .join(' ')}"/>`,
          )
          .join(''),
      );
      const said = String(
        words.label('scorecard.trendAlt', {
          count: measured.length,
          from: numbers.month(measured[0] ?? ''),
          to: numbers.month(measured.at(-1) ?? ''),
        }),
      );
      return new Written(
        `<svg class="sparkline" role="img" aria-label="${escapeHtml(said)}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" style="direction:ltr">${lines.join('')}</svg>`,
        said,
      );
    },
    /** How the lead moved since the edition of the same month a year ago; a dash where there is none. */
    yearMovement: (call) => {
      const [id, figure] = need(call, 2, 'the id of an axis and of one of its figures');
      const unit = book.figure(String(figure))?.unit;
      if (!unit) throw new Complaint(`{{yearMovement}}: there is no figure "${String(figure)}".`);
      const edition = parseEdition(book.figures.edition);
      let before = edition;
      for (let month = 0; month < 12; month += 1) before = monthBefore(before);
      const [now, then] = [leadIn(book, String(id), edition), leadIn(book, String(id), before)];
      if (!now || !then) return words.label('cell.nothing');
      const scale = unit === 'share' ? 100 : 1;
      return words.label('scorecard.movement', {
        movement: movementOf(now, then),
        unit,
        value: numbers.signed((now.value - then.value) * scale, unit === 'models' ? 0 : 1),
      });
    },
  };
}

function side(book: FiguresBook, axis: string, of: string): Point[] {
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  return (book.table('axis-history')?.rows ?? [])
    .filter((row) => row.axis === axis && row.side === of)
    .map((row) => ({
      edition: String(row.edition),
      value: number(row.value),
      low: number(row.low),
      high: number(row.high),
    }));
}

/** The stretches of an axis without a gap. */
function runs(points: readonly Point[]): Point[][] {
  const found: Point[][] = [];
  let open: Point[] | undefined;
  for (const point of points) {
    if (point.value === null) {
      open = undefined;
    } else if (open) {
      open.push(point);
    } else {
      open = [point];
      found.push(open);
    }
  }
  return found;
}

function leadIn(book: FiguresBook, axis: string, edition: string): Lead | undefined {
  const [china, unitedStates] = ['china', 'united-states'].map((of) =>
    side(book, axis, of).find((point) => point.edition === edition),
  );
  return china && unitedStates ? leadOf(china, unitedStates) : undefined;
}
