import type { TemplateError } from '../errors.ts';
import { lineHolding } from './json.ts';
import { didYouMean, wrongTemplate } from './template-error.ts';

/** What an editor writes for a mail: rules of classes, which are written into every element, since mail has no style sheets. */
const FILE = 'email/email.css';

/** What stays a style sheet in the head of the mail. */
const ADAPTIVE = 'email/adaptive.css';

/** Laid out by the browser of print, with a style sheet of its own. */
const PICTURE = 'email/picture.hbs';

interface Rule {
  readonly name: string;
  /** The language it is for; all without. */
  readonly language: string | undefined;
  readonly declarations: readonly string[];
}

/**
 * Writes the rules of `email.css` into the elements that have their classes, in the order of the file.
 *
 * `start` and `end` become the sides of the language's direction, since programs that show mail know only left and right.
 *
 * @param known further classes an element may have, of the style sheet in the head
 * @throws TemplateError if a rule is of more than a class, or an element has a class of which there is no rule
 */
export function inlineStyles(
  html: string,
  css: string,
  { language, direction, known }: { language: string; direction: 'ltr' | 'rtl'; known: ReadonlySet<string> },
): string {
  const rules = rulesOf(css);
  const names = [...new Set([...rules.map(({ name }) => name), ...known])];
  return html.replace(/ class="([^"]*)"/g, (_, classes: string) => {
    const asked = classes.split(/\s+/).filter(Boolean);
    const strange = asked.find((name) => !names.includes(name));
    if (strange !== undefined)
      throw wrongTemplate(
        { file: 'email/email.hbs' },
        `there is no rule for the class "${strange}" in ${FILE}. ${didYouMean(strange, names)}`,
      );
    const declarations = rules
      .filter((rule) => asked.includes(rule.name) && (rule.language ?? language) === language)
      .flatMap((rule) => rule.declarations);
    const style = sided(merged(declarations), direction).replaceAll('"', "'");
    const kept = asked.filter((name) => known.has(name));
    return `${kept.length > 0 ? ` class="${kept.join(' ')}"` : ''}${style ? ` style="${style}"` : ''}`;
  });
}

/** Classes that the templates of the mail give to elements and no rule is of, each with its file and line. */
export function strangeClasses(files: ReadonlyMap<string, string>): TemplateError[] {
  const known = classesOf(`${files.get(FILE) ?? ''}${files.get(ADAPTIVE) ?? ''}`);
  return [...files]
    .filter(([file]) => /^email\/.*\.hbs$/.test(file) && file !== PICTURE)
    .flatMap(([file, text]) =>
      text.split('\n').flatMap((written, index) =>
        [...written.matchAll(/ class="([^"{}]*)"/g)]
          .flatMap(([, classes = '']) => classes.split(/\s+/).filter(Boolean))
          .filter((name) => !known.has(name))
          .map((name) =>
            wrongTemplate(
              { file, line: index + 1 },
              `there is no rule for the class "${name}" in ${FILE}. Add it. ${didYouMean(name, known)}`,
            ),
          ),
      ),
    );
}

/** The classes that a style sheet has rules for. */
export function classesOf(css: string): ReadonlySet<string> {
  return new Set(
    [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name),
  );
}

function rulesOf(css: string): Rule[] {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) =>
    selectors.split(',').map((selector) => {
      const found = /^\.([a-z][a-z0-9-]*)(?::lang\(([a-z-]+)\))?$/i.exec(selector.trim());
      if (!found)
        throw wrongTemplate(
          { file: FILE, ...lineHolding(css, selector.trim()) },
          `"${selector.trim().slice(0, 60)}" is not one class. Write rules as ".name" or ".name:lang(ar)"; what depends on the screen belongs into email/adaptive.css.`,
        );
      return {
        name: found[1] ?? '',
        language: found[2],
        declarations: body.split(';').flatMap((one) => one.replace(/\s+/g, ' ').trim() || []),
      };
    }),
  );
}

/** Of each property the last. */
function merged(declarations: readonly string[]): string {
  const last = new Map<string, string>();
  for (const one of declarations) {
    const property = one.slice(0, one.indexOf(':')).trim();
    last.delete(property);
    last.set(property, one);
  }
  return [...last.values()].join(';');
}

function sided(style: string, direction: 'ltr' | 'rtl'): string {
  const [start, end] = direction === 'ltr' ? ['left', 'right'] : ['right', 'left'];
  return style
    .replace(/-inline-start\b/g, `-${start}`)
    .replace(/-inline-end\b/g, `-${end}`)
    .replace(/(text-align: ?)start\b/g, `$1${start}`)
    .replace(/(text-align: ?)end\b/g, `$1${end}`);
}
