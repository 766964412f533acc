import type { Figure } from '../compute/figures.ts';
import { boundsOf, isPrintable } from './balance.ts';
import type { Datum } from './chart-spec.ts';
import type { Axes } from './settings.ts';
import { Complaint, type Setting } from './vocabulary.ts';

/**
 * The picture of the balance as rows for a chart: one row a side and axis. Lengths are fractions of the axis's
 * own full scale, China's to the left (negative), the United States' to the right; an axis that is not
 * measured has one row and no length.
 */
export function balanceData({ axes }: Axes, setting: Setting): Datum[] {
  return axes.flatMap(({ id, compares, draws, full }, order): Datum[] => {
    const axis = {
      axis: id,
      order,
      axisLabel: word(setting, `axis.${id}.name`),
      measureLabel: word(setting, `axis.${id}.measure`),
    };
    const drawn = draws ?? compares;
    const [china, unitedStates] = [figure(setting, drawn.china), figure(setting, drawn.unitedStates)];
    if (!isPrintable(china) || !isPrintable(unitedStates)) {
      return [
        {
          ...axis,
          measured: false,
          side: '',
          sideColour: '',
          value: 0,
          low: 0,
          high: 0,
          previous: null,
          text: word(setting, 'axis.missing'),
        },
      ];
    }
    const scale = Math.max(full, ...[china, unitedStates].map((one) => Number(boundsOf(one)?.high ?? 0)));
    return [
      {
        ...axis,
        measured: true,
        side: 'china',
        sideColour: colour(setting, 'china'),
        ...bar(setting, china, figure(setting, compares.china), scale, -1),
      },
      {
        ...axis,
        measured: true,
        side: 'unitedStates',
        sideColour: colour(setting, 'unitedStates'),
        ...bar(setting, unitedStates, figure(setting, compares.unitedStates), scale, 1),
      },
    ];
  });
}

function bar({ numbers }: Setting, drawn: Figure, compared: Figure, scale: number, way: 1 | -1): Datum {
  const bounds = boundsOf(drawn);
  const length = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : way * Math.min(1, Number(value) / scale);
  const before = drawn.previous?.comparable ? drawn.previous.value : null;
  return {
    value: length(drawn.value),
    low: length(bounds?.low),
    high: length(bounds?.high),
    previous: length(before),
    text: numbers.of(compared.value ?? 0, compared.unit),
  };
}

function figure({ book }: Setting, id: string): Figure {
  const found = book.figure(id);
  if (!found)
    throw new Complaint(
      `report/axes.json names the figure "${id}", which is not among the figures. DATA.md lists them.`,
    );
  return found;
}

function word({ words }: Setting, key: string): string {
  return String(words.label(key));
}

function colour({ theme }: Setting, name: string): string {
  return theme.colours[name] ?? '#000000';
}
