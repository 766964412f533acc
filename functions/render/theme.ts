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
      file: z.string().regex(/^files\/[a-z0-9-]+\.woff2$/),
    }),
  ),
  /** Widths of charts in CSS pixels: in print by name, and on a phone. */
  charts: z.strictObject({
    font: z.string(),
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
    }),
  );
}
