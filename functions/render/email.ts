import { z } from 'zod';
import { jsonArtefact, textArtefact } from '../archive/artefact.ts';

/** Longest subject in characters: what is longer is cut by programs that show mail, wherever they like. */
export const LONGEST_SUBJECT = 150;

/** What only sending knows, each a URL of one subscriber; written `{name}` where it belongs. */
export const PLACEHOLDERS = ['unsubscribe', 'preferences'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const line = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}{}]+$/u, 'One line, without control characters and braces');

/** All that sending needs to know of a mail besides its two bodies. */
export const emailSchema = z.strictObject({
  schemaVersion: z.literal(1),
  subject: line.max(LONGEST_SUBJECT),
  /** What a list of mails shows after the subject; hidden at the beginning of the HTML body. */
  preheader: line,
  /** BCP 47. */
  language: z.string().min(2),
  direction: z.enum(['ltr', 'rtl']),
  /** The name to send under. */
  from: line,
  /**
   * What stands in both bodies as `{name}`, to be replaced by a URL of the subscriber in one pass (`email-fill.ts`).
   * Nothing else in a body has braces, since text is written without them; only the style sheet of the HTML does.
   */
  placeholders: z.array(z.enum(PLACEHOLDERS)).min(1),
  /** Pictures of the HTML body, to be attached inline: `src="cid:<name>"` is the draft's `<name>.png`. */
  pictures: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z-]+$/),
      /** As the body shows it where there is room, in CSS pixels. */
      width: z.int().positive(),
      height: z.int().positive(),
      /** What the picture tells: all there is of it where pictures are not shown. */
      alternative: line,
    }),
  ),
  /** The sender's postal address as the bodies have it, by line; empty where `publication.json` has none. */
  postalAddress: z.array(z.string()),
});
export type Email = z.infer<typeof emailSchema>;

export const emailArtefact = jsonArtefact<Email>('e-mail', emailSchema);
export const emailHtmlArtefact = textArtefact('HTML body', /^<!doctype html>/i);
export const emailTextArtefact = textArtefact('plain text body', /^\S/);
