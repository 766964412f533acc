import { type Figure, type Quantity, type Unit, unit as units } from '../compute/figures.ts';
import { boundsOf, isPrintable, leader, leadOf, movementOf, previousLeader } from './balance.ts';
import { escapeHtml, inOwnOrder, Text, Written } from './html.ts';
import { told } from './page-values.ts';
import { didYouMean } from './template-error.ts';
import {
  type Call,
  Complaint,
  type FigureOrCell,
  type Helper,
  need,
  type Setting,
  whole,
} from './vocabulary.ts';
import { ordered } from './writing.ts';

const UNITS: readonly Unit[] = units.options;

/** Helpers that write figures: values, ranges, changes and who leads. */
export function figureHelpers(setting: Setting): Readonly<Record<string, Helper>> {
  const { book, words, numbers, sentences } = setting;

  const figure = (value: unknown, call: Call): Figure => {
    const id = String(value);
    const found = book.figure(id);
    if (!found)
      throw new Complaint(`{{${call.name}}}: there is no figure "${id}". ${didYouMean(id, book.figureIds)}`);
    return found;
  };
  const oneFigure = (call: Call) => figure(need(call, 1, 'the id of a figure')[0], call);
  const twoFigures = (call: Call): [Figure, Figure] => {
    const [china, unitedStates] = need(call, 2, 'the ids of two figures, China’s first');
    return [figure(china, call), figure(unitedStates, call)];
  };
  const asked = (call: Call): FigureOrCell => {
    const [value] = need(call, 1, 'a figure’s id or a cell of a row');
    if (value === null) return { kind: 'nothing' };
    if (typeof value === 'number') return { kind: 'cell', value };
    const text = String(value);
    if (/^\d+$/.test(text)) return { kind: 'cell', value: text };
    return { kind: 'figure', id: text, figure: figure(text, call) };
  };
  const inOrder = (html: string) => ordered(html, words.locale);
  const number = (text: string) => inOwnOrder(text, words.locale);
  /** A range in brackets, kept on one line. */
  const bracketed = (range: string) =>
    words.label('number.bounds', {
      range: new Written(`<span class="nb">${inOrder(escapeHtml(range))}</span>`, range),
    });
  const absent = ({ status, reason }: Figure): Written => {
    const word = String(words.label(status === 'withheld' ? 'status.withheld' : 'status.missing'));
    return new Written(
      `<span class="missing" title="${escapeHtml(sentences.of(reason ?? ''))}">${escapeHtml(word)}</span>`,
      word,
    );
  };
  const nothing = () => words.label('cell.nothing');
  const rangeText = (given: Pick<Figure, 'value' | 'low' | 'high' | 'unit'>, digits?: number): string => {
    const bounds = boundsOf(given);
    if (!bounds || bounds.low === bounds.high) return '';
    const low = numbers.lowEnd(bounds.low, given.unit, digits);
    const high = numbers.of(bounds.high, given.unit, digits);
    const same = numbers.of(bounds.low, given.unit, digits) === high;
    return same ? '' : String(words.label('number.range', { low, high }));
  };
  /** A figure's value in a unit it must have, or a cell of a row; with the exact count behind a short one. */
  const valued =
    (units: readonly Unit[]): Helper =>
    (call) => {
      const given = asked(call);
      const digits = 'digits' in call.hash ? whole(call, 'digits', 1) : undefined;
      if (given.kind === 'nothing') return nothing();
      if (given.kind === 'cell') return quantity(given.value, units[0] ?? 'share', digits);
      if (!units.includes(given.figure.unit)) {
        throw new Complaint(
          `{{${call.name}}}: "${given.id}" is measured in ${given.figure.unit}. Use {{value "${given.id}"}}, or the helper for ${given.figure.unit}.`,
        );
      }
      return isPrintable(given.figure)
        ? quantity(given.figure.value ?? 0, given.figure.unit, digits)
        : absent(given.figure);
    };
  const quantity = (value: Quantity, unit: Unit, digits?: number): Written => {
    const text = numbers.of(value, unit, digits);
    const short = unit === 'downloads' || unit === 'tokens' || unit === 'models';
    const exact = short ? numbers.exact(value) : text;
    // A unit in words is read in the order of the text around it.
    const html = short ? escapeHtml(text) : inOrder(escapeHtml(text));
    return new Written(exact === text ? html : `<span title="${escapeHtml(exact)}">${html}</span>`, text);
  };

  return {
    /** A difference of shares as percentage points, with its sign. */
    sharePoints: (call) => {
      const [value] = need(call, 1, 'a cell with a difference of shares');
      return value === null
        ? nothing()
        : words.label('change.share', { value: number(numbers.signed(Number(value) * 100)) });
    },
    /** A number in the unit that a row names. */
    quantity: (call) => {
      const [value] = need(call, 1, 'a cell with a number, and unit=');
      const unit = UNITS.find((one) => one === String(call.hash.unit));
      if (!unit)
        throw new Complaint(
          `{{quantity}}: unit must be one of ${UNITS.join(', ')}, not "${String(call.hash.unit)}".`,
        );
      const text = String(value);
      return value === null ? nothing() : quantity(/^\d+$/.test(text) ? text : Number(text), unit);
    },
    /** Two cells with the ends of a share's range. */
    shareRange: (call) => {
      const [low, high] = need(call, 2, 'two cells, the lower end of a range and the upper');
      if (low === null || high === null) return nothing();
      return number(rangeText({ value: Number(low), low: Number(low), high: Number(high), unit: 'share' }));
    },
    share: valued(['share']),
    count: valued(['downloads', 'tokens', 'models']),
    points: valued(['points']),
    months: valued(['months']),
    index: valued(['index']),
    dollars: valued(['dollars']),
    value: (call) => {
      const given = oneFigure(call);
      const digits = 'digits' in call.hash ? whole(call, 'digits', 1) : undefined;
      return isPrintable(given) ? quantity(given.value ?? 0, given.unit, digits) : absent(given);
    },
    /** Value with its range behind it, where there is one. */
    figure: (call) => {
      const given = oneFigure(call);
      if (!isPrintable(given)) return absent(given);
      const range = rangeText(given);
      const value = quantity(given.value ?? 0, given.unit);
      if (range === '') return value;
      return new Written(
        `${value.toHTML()} <span class="range">${inOrder(escapeHtml(range))}</span>`,
        `${value} (${range})`,
      );
    },
    range: (call) => {
      const given = oneFigure(call);
      const range = isPrintable(given)
        ? rangeText(given, 'digits' in call.hash ? whole(call, 'digits', 1) : undefined)
        : '';
      return range === '' ? '' : number(range);
    },
    /** The range in brackets with a space before it, or nothing: for sentences. */
    bounds: (call) => {
      const given = oneFigure(call);
      const range = isPrintable(given)
        ? rangeText(given, 'digits' in call.hash ? whole(call, 'digits', 1) : undefined)
        : '';
      return range === '' ? '' : bracketed(range);
    },
    previous: (call) => {
      const given = oneFigure(call);
      const value = given.previous?.comparable ? given.previous.value : null;
      return value === null || value === undefined ? nothing() : quantity(value, given.unit);
    },
    /** The change on the month, or why there is none. */
    change: (call) => {
      const given = oneFigure(call);
      if (!isPrintable(given)) return nothing();
      if (!given.previous || given.previous.value === null || !given.previous.comparable)
        return words.label('change.notComparable');
      return changeText(given, setting);
    },
    direction: (call) =>
      ({ up: 'up', down: 'down', 'not established': 'unclear', 'not comparable': 'notComparable' })[
        oneFigure(call).direction
      ],
    subject: (call) => bdi(oneFigure(call).subject),
    reason: (call) => {
      const { reason } = oneFigure(call);
      return reason === null ? '' : told(sentences.of(reason));
    },
    status: (call) => oneFigure(call).status,
    isMeasured: (call) => isPrintable(oneFigure(call)),
    leader: (call) => leader(...twoFigures(call)),
    previousLeader: (call) => previousLeader(...twoFigures(call)),
    /** The size of the lead with its range, in the leader's favour. */
    lead: (call) => {
      const [china, unitedStates] = twoFigures(call);
      const who = leader(china, unitedStates);
      const lead = leadOf(china, unitedStates);
      if (!lead || (who !== 'china' && who !== 'unitedStates')) return nothing();
      const [low, high] = who === 'china' ? [lead.low, lead.high] : [-lead.high, -lead.low];
      const scale = china.unit === 'share' ? 100 : 1;
      const digits = china.unit === 'models' ? 0 : 1;
      const write = (value: number) =>
        china.unit === 'downloads' || china.unit === 'tokens'
          ? numbers.compact(value)
          : numbers.decimal(value * scale, digits);
      const range =
        write(low) === write(high)
          ? ''
          : String(words.label('number.range', { low: write(low), high: write(high) }));
      return words.label('scorecard.lead', {
        unit: china.unit,
        value: number(write(Math.abs(lead.value))),
        bounds: range === '' ? '' : bracketed(range),
      });
    },
    /** How the lead moved since the month before. */
    leadMovement: (call) => {
      const [china, unitedStates] = twoFigures(call);
      const [now, before] = [
        leadOf(china, unitedStates),
        china.previous && unitedStates.previous ? leadOf(china.previous, unitedStates.previous) : undefined,
      ];
      if (previousLeader(china, unitedStates) === 'missing' || !now || !before)
        return china.previous ? words.label('change.notComparable') : nothing();
      const scale = china.unit === 'share' ? 100 : 1;
      const value = numbers.signed((now.value - before.value) * scale, china.unit === 'models' ? 0 : 1);
      return words.label('scorecard.movement', {
        movement: movementOf(now, before),
        unit: china.unit,
        value: number(value),
      });
    },
  };
}

/** A change in the figure's own way: points of a share, per cent of a count, points of an index. */
function changeText(given: Figure, { words, numbers }: Setting): Written {
  const [now, before] = [Number(given.value), Number(given.previous?.value)];
  const number = (text: string) => inOwnOrder(text, words.locale);
  if (given.unit === 'share')
    return words.label('change.share', { value: number(numbers.signed((now - before) * 100)) });
  if (given.unit === 'points' || given.unit === 'months')
    return words.label('change.points', { value: number(numbers.signed(now - before)) });
  if (given.unit === 'index' || given.unit === 'dollars')
    return words.label('change.points', { value: number(numbers.signed(now - before, 2)) });
  return before === 0
    ? words.label('cell.nothing')
    : words.label('change.count', { value: number(numbers.signedShare(now / before - 1, 0)) });
}

/** A name kept from reordering the words around it. */
export function bdi(name: unknown): Written {
  const text = new Text(name === null || name === undefined ? '' : String(name));
  return new Written(`<bdi>${text.toHTML()}</bdi>`, String(text));
}
