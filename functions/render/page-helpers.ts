import { bdi } from './figure-helpers.ts';
import { coded, wordFor } from './figures-book.ts';
import { cssString, escapeHtml, inOwnOrder, Text, Written } from './html.ts';
import { told } from './page-values.ts';
import { didYouMean } from './template-error.ts';
import { Complaint, type Helper, need, type Setting, whole } from './vocabulary.ts';

/** From here on a growth reads better as a multiple than as per cent. */
const TENFOLD = 10;

/** Helpers for words, rows of tables, dates, and simple choices. */
export function pageHelpers(setting: Setting): Readonly<Record<string, Helper>> {
  const { book, words, sentences, numbers, theme } = setting;
  const number = (text: string) => inOwnOrder(text, words.locale);
  const dated =
    (write: (day: string) => string): Helper =>
    (call) => {
      const [value] = need(call, 1, 'a day as YYYY-MM-DD');
      if (value === null) return words.label('cell.nothing');
      const text = String(value);
      if (!/^\d{4}-\d{2}(-\d{2})?/.test(text))
        throw new Complaint(`{{${call.name}}}: "${text.slice(0, 40)}" is no day as YYYY-MM-DD.`);
      return write(text);
    };
  return {
    t: (call) => {
      const [key] = need(call, 1, 'the key of a label and its arguments by name');
      return words.label(String(key), call.hash);
    },
    /** True where the language has the label. */
    hasLabel: (call) => words.has(String(need(call, 1, 'a label’s key')[0])),
    prose: (call) => words.prose(String(need(call, 1, 'the name of a prose file')[0])),
    concat: (call) => call.args.map(String).join(''),
    date: dated(numbers.date),
    shortDate: dated(numbers.shortDate),
    month: dated(numbers.month),
    monthName: dated(numbers.monthName),
    number: (call) => {
      const [value] = need(call, 1, 'a number');
      if (value === null) return words.label('cell.nothing');
      return numbers.decimal(Number(value), whole(call, 'digits', 0));
    },
    name: (call) => {
      const [value] = need(call, 1, 'a name');
      return value === null ? words.label('cell.nothing') : bdi(value);
    },
    /** A maker's name from its id, as the tables know it. */
    maker: (call) => {
      const id = String(need(call, 1, 'the id of a maker')[0]);
      const named = ['labs', 'usage-makers']
        .flatMap((name) => book.table(name)?.rows ?? [])
        .find((row) => row.maker === id);
      return bdi(named?.makerName ?? id);
    },
    /** The word for a code of the figures: a country, a camp, an openness. */
    code: (call) => {
      const [value] = need(call, 1, 'a code');
      return told(wordFor(String(call.hash.column ?? ''), String(value), words));
    },
    colour: (call) => coded('code', String(need(call, 1, 'a code')[0]), theme, words).codeColour,
    /** A text cell, or the mark for nothing. */
    cell: (call) => {
      const [value] = need(call, 1, 'a cell of a row');
      return value === null || String(value) === '' ? words.label('cell.nothing') : new Text(String(value));
    },
    /** A count against the same a month before: +12%, or "new". */
    growth: (call) => {
      const [now, before] = need(call, 2, 'a count and the same a month before');
      if (now === null || before === null) return words.label('cell.nothing');
      if (Number(before) === 0) return words.label(Number(now) === 0 ? 'cell.nothing' : 'change.new');
      const ratio = Number(now) / Number(before);
      return ratio >= TENFOLD
        ? words.label('change.times', { value: number(numbers.decimal(ratio, 0)) })
        : words.label('change.count', { value: number(numbers.signedShare(ratio - 1, 0)) });
    },
    sum: (call) =>
      String(
        call.args.reduce<bigint>((total, value) => total + (value === null ? 0n : BigInt(String(value))), 0n),
      ),
    rows: (call) => {
      const name = String(need(call, 1, 'the name of a table or series')[0]);
      const table = book.table(name);
      if (!table)
        throw new Complaint(`{{#rows}}: there is no table "${name}". ${didYouMean(name, book.tableNames)}`);
      const columns = table.columns.map((column) => column.name);
      const { where, is, above } = call.hash;
      const picked = where ?? above;
      if (picked !== undefined && !columns.includes(String(picked))) {
        throw new Complaint(
          `{{#rows "${name}"}}: there is no column "${String(picked)}". ${didYouMean(String(picked), columns)}`,
        );
      }
      let rows = book.rows(table);
      if (where !== undefined) rows = rows.filter((row) => String(row[String(where)]) === String(is));
      if (above !== undefined) rows = rows.filter((row) => Number(row[String(above)]) > 0);
      if (call.hash.sort !== undefined) {
        const by = String(call.hash.sort);
        if (!columns.includes(by))
          throw new Complaint(
            `{{#rows "${name}"}}: there is no column "${by}" to sort by. ${didYouMean(by, columns)}`,
          );
        rows = rows.toSorted((a, b) => Number(b[by]) - Number(a[by]));
      }
      const shown = rows.slice(0, whole(call, 'limit', rows.length));
      if (!call.body) throw new Complaint('{{#rows}} is a block: {{#rows "usage-top"}} … {{/rows}}.');
      if (shown.length === 0) return call.otherwise?.() ?? '';
      return shown
        .map((row, index) =>
          call.body?.(row, {
            index,
            first: index === 0,
            last: index === shown.length - 1,
            more: rows.length - shown.length,
          }),
        )
        .join('');
    },
    /** How many rows a table has, or how many of them have a value in a column. */
    rowCount: (call) => {
      const name = String(need(call, 1, 'the name of a table')[0]);
      const table = book.table(name);
      if (!table)
        throw new Complaint(
          `{{rowCount}}: there is no table "${name}". ${didYouMean(name, book.tableNames)}`,
        );
      const { where, is } = call.hash;
      return where === undefined
        ? table.rows.length
        : table.rows.filter((row) => String(row[String(where)]) === String(is)).length;
    },
    /** A share as a bar in the colour of its country and openness; `full` is the share of a bar of full length. */
    bar: (call) => {
      const [value] = need(call, 1, 'a share, full=… and code=…');
      const full = Number(call.hash.full ?? 1);
      const width = Math.max(0, Math.min(100, (Number(value) / full) * 100));
      const camp =
        call.hash.openness === undefined ? '' : `${String(call.hash.code)}-${String(call.hash.openness)}`;
      const code = Object.hasOwn(theme.codes, camp) ? camp : String(call.hash.code);
      const colour = coded('code', code, theme, words).codeColour;
      return new Written(
        `<span class="bar" style="width:${width.toFixed(1)}%;background:${colour}"></span>`,
        '',
      );
    },
    /** "Source: …" with the data's own date, for the foot of a chart or table. */
    source: (call) => {
      const [name] = need(call, 1, 'the name of a source');
      const found = book.figures.sources.find(
        ({ source, serves }) => source === String(name) && serves === 'edition',
      );
      if (!found) return words.label('source.absent');
      return words.label('source.line', {
        producer: new Text(found.producer),
        title: told(sentences.source(found.source, found.title)),
        asOf: numbers.date(found.asOf),
        transcribed: String(found.bodies.some(({ transcribed }) => transcribed !== null)),
      });
    },
    /** What is quoted as it is, in the language it was written in: titles and citations. */
    cited: (call) => {
      const text = new Text(String(need(call, 1, 'a title or a citation')[0]));
      return new Written(`<bdi lang="en">${text.toHTML()}</bdi>`, String(text));
    },
    short: (call) => String(need(call, 1, 'a checksum')[0]).slice(0, 12),
    slug: (call) => {
      const text = new Text(String(need(call, 1, 'a slug')[0]));
      const [owner, ...rest] = String(text).split('/');
      if (rest.length === 0) return bdi(text);
      return new Written(
        `<bdi><span class="owner">${escapeHtml(owner ?? '')}/</span>${escapeHtml(rest.join('/'))}</bdi>`,
        String(text),
      );
    },
    /** A number of weights as 35.9 B. */
    weights: (call) => {
      const [value] = need(call, 1, 'a number of parameters');
      return value === null ? words.label('cell.nothing') : numbers.compact(Number(value));
    },
    cssString: (call) => new Written(cssString(String(need(call, 1, 'a text')[0])), ''),
    eq: (call) => String(need(call, 2, 'two values')[0]) === String(call.args[1]),
    and: (call) => call.args.every(Boolean),
    or: (call) => call.args.some(Boolean),
    not: (call) => !need(call, 1, 'one value')[0],
  };
}
