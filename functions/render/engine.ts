import Handlebars from 'handlebars';
import { TemplateError } from '../errors.ts';
import { wrongTemplate } from './template-error.ts';
import { type Call, Complaint, type Helper } from './vocabulary.ts';

/** Whether a file is a template: of the report, or of the e-mail. */
export function isTemplate(file: string): boolean {
  return /^(report|email)\/.*\.hbs$/.test(file);
}

/** Where a template stands in the editor's folder, by the name it is called with; those of the e-mail keep their folder. */
export function partialName(file: string): string {
  return file.replace(/^report\//, '').replace(/\.hbs$/, '');
}

/** Helpers of Handlebars itself that templates use. */
export const BUILT_IN: readonly string[] = ['if', 'unless', 'each', 'with', 'lookup'];

/**
 * Compiles the editor's templates: strict, without access to prototypes, and with every error traced to its
 * file and line.
 *
 * @param helpers what templates may call; a helper is given the place it was called from
 * @returns a function that writes one of them
 */
export function openEngine(
  files: ReadonlyMap<string, string>,
  helpers: Readonly<Record<string, Helper>>,
): (file: string, context: object) => string {
  const handlebars = Handlebars.create();
  handlebars.unregisterHelper('log');
  const open: string[] = [];
  const trace = <T>(file: string, write: () => T): T => {
    open.push(file);
    try {
      return write();
    } catch (error) {
      throw error instanceof TemplateError ? error : traced(file, error);
    } finally {
      open.pop();
    }
  };
  for (const [name, helper] of Object.entries(helpers)) {
    handlebars.registerHelper(
      name,
      adapted(name, helper, () => open.at(-1) ?? ''),
    );
  }
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const [file, text] of files) {
    if (!isTemplate(file)) continue;
    const template = handlebars.compile(text, { strict: true, preventIndent: true });
    compiled.set(file, template);
    handlebars.registerPartial(partialName(file), (context: unknown, options?: Handlebars.RuntimeOptions) =>
      trace(file, () => template(context, options)),
    );
  }
  return (file, context) => {
    const template = compiled.get(file);
    if (!template) throw wrongTemplate({ file }, 'the file is missing.');
    return trace(file, () =>
      template(context, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false }),
    );
  };
}

/** A helper of ours as Handlebars calls it: an argument that is not there is an error, not an empty place. */
function adapted(name: string, helper: Helper, file: () => string): Handlebars.HelperDelegate {
  return function helped(this: unknown, ...given: unknown[]) {
    const options = given.at(-1) as Handlebars.HelperOptions & { loc?: { start?: { line?: number } } };
    const args = given.slice(0, -1);
    const line = options.loc?.start?.line;
    const place = { file: file(), ...(line === undefined ? {} : { line }) };
    const missing = args.indexOf(undefined);
    const unnamed = Object.keys(options.hash).find((key) => options.hash[key] === undefined);
    if (missing >= 0 || unnamed !== undefined) {
      const which = unnamed === undefined ? `argument ${missing + 1}` : `"${unnamed}"`;
      throw wrongTemplate(
        place,
        `{{${name}}}: ${which} has no value. Check the spelling of the name it stands for.`,
      );
    }
    const { fn, inverse } = options;
    const call: Call = {
      name,
      args,
      hash: options.hash,
      body: fn
        ? (context, data) => fn(context, { data: { ...Handlebars.createFrame(options.data ?? {}), ...data } })
        : undefined,
      otherwise: inverse ? () => inverse(this) : undefined,
    };
    try {
      return helper(call);
    } catch (error) {
      if (error instanceof Complaint) throw wrongTemplate(place, error.message, error);
      if (error instanceof TemplateError && !error.message.includes('Called from'))
        throw new TemplateError(
          `${error.message} Called from templates/${place.file}${line === undefined ? '' : `, line ${line}`}.`,
          error.evidence,
          error,
        );
      throw error;
    }
  };
}

/** What Handlebars says, with the file it does not know. */
function traced(file: string, error: unknown): TemplateError {
  const message = error instanceof Error ? error.message : String(error);
  const line = error instanceof Error && 'lineNumber' in error ? Number(error.lineNumber) : Number.NaN;
  const parsed = /Parse error on line (\d+)/.exec(message)?.[1];
  const at = Number.isInteger(line) ? line : parsed === undefined ? undefined : Number(parsed);
  const name = /^"([^"]+)" not defined/.exec(message)?.[1];
  const what = name
    ? `there is no "${name}" here. DATA.md lists the names a template can use.`
    : `${message.split('\n')[0]?.slice(0, 300)}.`;
  return wrongTemplate({ file, ...(at === undefined ? {} : { line: at }) }, what, error);
}
