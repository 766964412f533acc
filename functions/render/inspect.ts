import Handlebars from 'handlebars';
import type { TemplateError } from '../errors.ts';
import { chartFile } from './chart-spec.ts';
import { BUILT_IN, isTemplate, partialName } from './engine.ts';
import { didYouMean, wrongTemplate } from './template-error.ts';

/** Every name a template may use. */
export interface Known {
  readonly helpers: readonly string[];
  readonly figures: readonly string[];
  readonly tables: readonly string[];
  readonly labels: readonly string[];
  /** The arguments a label names, in whichever of its choices. */
  readonly argumentsOf: (label: string) => readonly string[];
  readonly files: ReadonlyMap<string, string>;
  readonly locale: string;
}

/** What a template names, found without running it. */
export interface Inspection {
  readonly errors: readonly TemplateError[];
  readonly labels: ReadonlySet<string>;
  readonly partials: ReadonlySet<string>;
  readonly charts: ReadonlySet<string>;
  readonly prose: ReadonlySet<string>;
}

/** Helpers whose first argument, if it is written out, is a figure's id; the second too where it says 2. */
const OF_FIGURES: Readonly<Record<string, number>> = {
  share: 1,
  count: 1,
  points: 1,
  months: 1,
  value: 1,
  figure: 1,
  range: 1,
  bounds: 1,
  previous: 1,
  change: 1,
  direction: 1,
  subject: 1,
  reason: 1,
  isMeasured: 1,
  status: 1,
  leader: 2,
  previousLeader: 2,
  lead: 2,
  leadMovement: 2,
};

/** Reads every template of the report and of the e-mail and finds what it names that is not there. */
export function inspectTemplates(known: Known): Inspection {
  const found = {
    errors: [] as TemplateError[],
    labels: new Set<string>(),
    partials: new Set<string>(),
    charts: new Set<string>(),
    prose: new Set<string>(),
  };
  const partials = [...known.files.keys()].filter(isTemplate).map(partialName);
  for (const [file, text] of known.files) {
    if (!isTemplate(file)) continue;
    const complain = (line: number, what: string) => found.errors.push(wrongTemplate({ file, line }, what));
    let program: hbs.AST.Program;
    try {
      program = Handlebars.parse(text);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      const line = /on line (\d+)/.exec(message)?.[1] ?? / - (\d+):\d+$/.exec(message)?.[1];
      const why = message
        .split('\n')
        .filter((one) => !/^-*\^$/.test(one))
        .join(' ')
        .slice(0, 300);
      found.errors.push(
        wrongTemplate(
          { file, ...(line ? { line: Number(line) } : {}) },
          `this is not Handlebars: ${why}. Look for a brace or a closing block.`,
          cause,
        ),
      );
      continue;
    }
    const seen = (call: hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement) => {
      const name = 'original' in call.path ? String(call.path.original) : '';
      const line = call.loc.start.line;
      const called =
        call.params.length > 0 || (call.hash?.pairs.length ?? 0) > 0 || call.type !== 'MustacheStatement';
      if (called && !known.helpers.includes(name) && !BUILT_IN.includes(name)) {
        complain(line, `there is no helper "${name}". ${didYouMean(name, [...known.helpers, ...BUILT_IN])}`);
        return;
      }
      if (!called && known.helpers.includes(name)) {
        complain(
          line,
          `{{${name}}} is a helper and takes an argument. For a value of that name write {{this.${name}}}.`,
        );
      }
      if (!called) return;
      for (const [index, param] of call.params.entries()) {
        if (param.type !== 'StringLiteral') continue;
        const value = String((param as hbs.AST.StringLiteral).value);
        const check = (kind: string, list: Iterable<string>) => {
          const all = [...list];
          if (!all.includes(value))
            complain(line, `there is no ${kind} "${value}". ${didYouMean(value, all)}`);
        };
        if (index < (OF_FIGURES[name] ?? 0) && !/^\d+$/.test(value)) check('figure', known.figures);
        if (index > 0) continue;
        if (name === 't') {
          found.labels.add(value);
          if (!known.labels.includes(value)) {
            complain(
              line,
              `there is no label "${value}" in locales/${known.locale}/labels.json. Add it. ${didYouMean(value, known.labels)}`,
            );
            continue;
          }
          const given = new Set(call.hash?.pairs.map(({ key }) => key));
          const lacking = known.argumentsOf(value).filter((argument) => !given.has(argument));
          if (lacking.length > 0)
            complain(
              line,
              `the label "${value}" names ${lacking.map((one) => `{${one}}`).join(', ')}, which is not given here. Write {{t "${value}" ${lacking[0]}=…}}, or take it out of the label.`,
            );
        }
        if (name === 'rows' || name === 'rowCount') check('table or series', known.tables);
        if (name === 'chart') {
          found.charts.add(value);
          if (!known.files.has(chartFile(value)))
            complain(
              line,
              `there is no chart ${chartFile(value)}. ${didYouMean(value, chartNames(known.files))}`,
            );
        }
        if (name === 'prose') {
          found.prose.add(value);
          if (!known.files.has(`locales/${known.locale}/prose/${value}.md`))
            complain(line, `there is no prose locales/${known.locale}/prose/${value}.md. Add it.`);
        }
      }
    };
    const visitor = new Handlebars.Visitor();
    const { MustacheStatement, BlockStatement, SubExpression, PartialStatement } =
      Handlebars.Visitor.prototype;
    visitor.MustacheStatement = function visit(node) {
      seen(node);
      MustacheStatement.call(this, node);
    };
    visitor.BlockStatement = function visit(node) {
      seen(node);
      BlockStatement.call(this, node);
    };
    visitor.SubExpression = function visit(node) {
      seen(node);
      SubExpression.call(this, node);
    };
    visitor.PartialStatement = function visit(node) {
      if (node.name.type === 'PathExpression') {
        const name = String((node.name as hbs.AST.PathExpression).original);
        found.partials.add(name);
        if (!partials.includes(name))
          complain(
            node.loc.start.line,
            `there is no partial "${name}" (${name.startsWith('email/') ? '' : 'report/'}${name}.hbs). ${didYouMean(name, partials)}`,
          );
      }
      PartialStatement.call(this, node);
    };
    visitor.accept(program);
  }
  return found;
}

export function chartNames(files: ReadonlyMap<string, string>): string[] {
  return [...files.keys()]
    .filter((file) => file.startsWith('charts/'))
    .map((file) => file.slice(7).replace(/\.vl\.json$/, ''));
}
