import { z } from 'zod';
import { readJson } from './json.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'A colour is written as #rrggbb');

const themeSchema = z.strictObject({
  colours: z.record(z.string(), colour),
  /** How a code of the figures is drawn: colour (a name above), place in a stack, and the code it is drawn as. */
  codes: z.record(
    z.string(),
    z.strictObject({ colour: z.string(), order: z.number(), as: z.string().optional() }),
  ),
  faces: z.array(
    z.strictObject({
      family: z.string(),
      weight: z.union([z.literal(400), z.literal(600)]),
      style: z.enum(['normal', 'italic']),
      package: z.string().startsWith('@fontsource/'),
      /** With `{slice}` where the package divides the face into one file for each group of characters. */
      file: z.string().regex(/^files\/[a-z0-9-]+(\{slice\}[a-z0-9-]+)?\.woff2$/),
      /** The same undivided: the web takes of it the characters that a page has. */
      whole: z
        .string()
        .regex(/^files\/[a-z0-9-]+\.woff2$/)
        .optional(),
      /** How much larger it is set than the other faces, beside which it would look small. */
      scale: z.number().min(0.8).max(1.4).optional(),
      /** The languages that need it; without, all do. */
      languages: z.array(z.string()).optional(),
    }),
  ),
  /** Families in the order in which a character is looked for, for running text and for figures and labels. */
  fonts: z.record(
    z.string(),
    z.strictObject({
      text: z.array(z.string()),
      label: z.array(z.string()),
      /** The families of either on the web, where a page carries its faces with it and cannot carry all of them. */
      web: z.array(z.string()).optional(),
    }),
  ),
  /** Widths of charts in CSS pixels: in print by name, and on a phone. */
  charts: z.strictObject({
    size: z.number().min(10, 'Below 10 px (7.5 pt) it cannot be read in print'),
    full: z.int(),
    wide: z.int(),
    half: z.int(),
    phone: z.int(),
  }),
});
export type Theme = z.infer<typeof themeSchema>;

/** @throws TemplateError if `theme.json` is not of its schema, or a code has a colour without a value */
export function readTheme(files: ReadonlyMap<string, string>): Theme {
  return readJson(
    files,
    'theme.json',
    themeSchema.superRefine((theme, context) => {
      for (const [code, { colour: name }] of Object.entries(theme.codes)) {
        if (!Object.hasOwn(theme.colours, name))
          context.addIssue({
            code: 'custom',
            path: ['codes', code],
            message: `There is no colour "${name}"`,
          });
      }
      if (!Object.hasOwn(theme.fonts, OTHERWISE))
        context.addIssue({
          code: 'custom',
          path: ['fonts'],
          message: `There must be fonts for "${OTHERWISE}"`,
        });
      for (const [language, { text, label, web = [] }] of Object.entries(theme.fonts))
        for (const family of [...text, ...label, ...web])
          if (!theme.faces.some((face) => face.family === family && isFor(face, language)))
            context.addIssue({
              code: 'custom',
              path: ['fonts', language],
              message: `There is no face of the family "${family}" for this language`,
            });
    }),
  );
}

/** Names the fonts of every language that has none of its own. */
const OTHERWISE = 'otherwise';

/** The families of a language: for running text, and for figures and labels. */
export function fontsOf(
  { fonts }: Theme,
  locale: string,
  medium: 'print' | 'web' = 'print',
): { readonly text: readonly string[]; readonly label: readonly string[] } {
  const { text, label, web } = fonts[locale] ?? fonts[OTHERWISE] ?? { text: [], label: [] };
  return medium === 'web' && web ? { text: web, label: web } : { text, label };
}

/** The faces that documents of a language are written in. */
export function facesOf(theme: Theme, locale: string, medium: 'print' | 'web' = 'print'): Theme['faces'] {
  const { text, label } = fontsOf(theme, locale, medium);
  return theme.faces.filter(
    (face) =>
      isFor(face, locale) &&
      (medium === 'print' || text.includes(face.family) || label.includes(face.family)),
  );
}

function isFor({ languages }: Theme['faces'][number], locale: string): boolean {
  return languages === undefined || languages.includes(locale);
}
