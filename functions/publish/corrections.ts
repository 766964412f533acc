import { z } from 'zod';
import { jsonArtefact } from '../archive/artefact.ts';

/** A correction as the report prints it: of which revision, what was wrong and is right now, and since when it is known. */
export const printedCorrectionSchema = z.strictObject({
  corrects: z.string().regex(/^r[1-9]\d*$/),
  because: z.string().min(10),
  /** The same in other languages; where one has none, it prints `because`. */
  translations: z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().min(10).max(1000)).optional(),
  at: z.iso.datetime(),
});
export type PrintedCorrection = z.infer<typeof printedCorrectionSchema>;

/** What was wrong and is right now, as a language's readers are told it. */
export function reasonIn({ because, translations }: PrintedCorrection, locale: string): string {
  return (translations && Object.hasOwn(translations, locale) ? translations[locale] : undefined) ?? because;
}

/** The corrections of an edition, oldest first. They are kept: each later revision prints them all. */
const correctionsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  edition: z.string(),
  corrections: z.array(
    printedCorrectionSchema.extend({
      because: z.string().min(10).max(1000),
      /** Who recorded it; not printed. */
      by: z.string().min(1).max(300),
    }),
  ),
});
export type Corrections = z.infer<typeof correctionsSchema>;

export const correctionsArtefact = jsonArtefact<Corrections>('list of corrections', correctionsSchema);
