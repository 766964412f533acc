import { balanceData } from './balance-data.ts';
import { type ChartNames, type FilledChart, fillChart } from './chart-spec.ts';
import { Written } from './html.ts';
import { chartNames } from './inspect.ts';
import { settings } from './settings.ts';
import { didYouMean } from './template-error.ts';
import { Complaint, type Helper, need, type Setting } from './vocabulary.ts';

/** A chart a page asked for: drawn when the page is written, put where its token stands. */
export interface ChartWish {
  readonly token: string;
  readonly name: string;
  /** The published tables that hold what it draws. */
  readonly data: readonly string[];
  readonly alt: string;
  /** Which of the drawings stands alone as a file: a wide one has its words beside it on the page, the phone's inside. */
  readonly alone: number;
  readonly drawings: readonly { readonly chart: FilledChart; readonly className: string }[];
}

/** The name a chart uses for the picture of the balance. */
const BALANCE = 'balance';
/** Its bars are figures of the edition: they lie in the table of all of them. */
const OF_BALANCE = 'figures';

/**
 * `{{chart "name" alt=(t "…") width="full"}}`: the drawing of `charts/name.vl.json`. On the web it is drawn twice,
 * for wide screens and for phones; a style sheet shows one.
 */
export function chartHelper(
  setting: Setting,
  files: ReadonlyMap<string, string>,
  wishes: ChartWish[],
): Helper {
  const { book, theme, words, medium } = setting;
  const names: ChartNames = {
    theme,
    words,
    known: [BALANCE, ...book.tableNames],
    rows: (name) => {
      if (name === BALANCE) return balanceData(settings.axes(files), setting);
      const table = book.table(name);
      return table && book.data(table, theme, words);
    },
  };
  return (call) => {
    const name = String(need(call, 1, 'the name of a chart, and alt="what it tells"')[0]);
    if (!chartNames(files).includes(name)) {
      throw new Complaint(`there is no chart charts/${name}.vl.json. ${didYouMean(name, chartNames(files))}`);
    }
    const alt = String(call.hash.alt ?? '').trim();
    if (alt === '')
      throw new Complaint(`{{chart "${name}"}} needs alt=(t "…"): a sentence for who cannot see it.`);
    const size = String(call.hash.width ?? 'full');
    if (size !== 'full' && size !== 'wide' && size !== 'half' && size !== 'mail') {
      throw new Complaint(
        `{{chart "${name}"}}: width is "full", "wide", "half" or, for the picture of the mail, "mail", not "${size}".`,
      );
    }
    const mail = size === 'mail';
    const wide = fillChart(files, name, names, {
      phone: false,
      mail,
      width: theme.charts[mail ? 'phone' : size],
    });
    if (wide.empty) return words.label('chart.empty');
    const phone = () => fillChart(files, name, names, { phone: true, width: theme.charts.phone });
    const token = `<!--chart:${wishes.length}-->`;
    const drawings =
      medium === 'print'
        ? [{ chart: wide, className: 'chart' }]
        : [
            { chart: wide, className: 'chart chart-wide' },
            { chart: phone(), className: 'chart chart-phone' },
          ];
    const data = wide.data.map((one) => (one === BALANCE ? OF_BALANCE : one));
    wishes.push({ token, name, data, alt, alone: size === 'wide' ? drawings.length - 1 : 0, drawings });
    return new Written(token, alt);
  };
}
