import type { Figures } from '../compute/figures.ts';
import type { PrintedCorrection } from '../publish/corrections.ts';
import type { ChartWish } from './chart-helper.ts';
import { pageContext } from './context.ts';
import { allHelpers, openSetting } from './document.ts';
import { type Email, LONGEST_SUBJECT, PLACEHOLDERS } from './email.ts';
import { placeholder } from './email-fill.ts';
import { oneLine } from './email-line.ts';
import { HEADLINE_PICTURE } from './email-picture.ts';
import { classesOf, inlineStyles, strangeClasses } from './email-styles.ts';
import { plainText, signsOf } from './email-text.ts';
import { openEngine } from './engine.ts';
import { headline } from './headline.ts';
import { Written } from './html.ts';
import { wrongTemplate } from './template-error.ts';
import type { Templates } from './templates.ts';
import { directionOf } from './writing.ts';

/** The templates that a mail is written from, besides what they call. */
export const EMAIL_FILES: readonly string[] = [
  'email/email.hbs',
  'email/text.hbs',
  'email/subject.hbs',
  'email/preheader.hbs',
  'email/balance.hbs',
  'email/alternative.hbs',
  'email/email.css',
  'email/adaptive.css',
];

/** One language's mail: what is sent, but for what is the subscriber's own. */
export interface WrittenEmail {
  readonly html: string;
  readonly text: string;
  readonly email: Email;
}

/**
 * Writes the mail of an edition in one language, from the templates in `email/`.
 *
 * @param corrections what was corrected in the edition since it first came out, oldest first
 * @throws TemplateError naming the editor's file and what to do
 */
export function writeEmail(
  figures: Figures,
  templates: Templates,
  locale: string,
  corrections: readonly PrintedCorrection[] = [],
): WrittenEmail {
  const { files } = templates;
  const [strange] = strangeClasses(files);
  if (strange) throw strange;
  const setting = openSetting(figures, templates, locale, 'web');
  const wishes: ChartWish[] = [];
  const write = openEngine(files, allHelpers(setting, files, wishes));
  const direction = directionOf(locale);
  const { publication } = setting;
  const folder = `${publication.baseUrl}/${figures.edition}/${locale}/`;
  const page = { ...pageContext(setting, templates, corrections), style: new Written(adaptive(files), '') };
  const mail = {
    state: stateOf(figures, corrections),
    headline: unbroken(headline(setting)),
    links: {
      edition: folder,
      web: `${folder}web.html`,
      pdf: `${folder}report.pdf`,
      all: `${publication.baseUrl}/`,
    },
    ...Object.fromEntries(
      PLACEHOLDERS.map((name) => [name, new Written(placeholder(name), placeholder(name))]),
    ),
    postalAddress: publication.postalAddress ?? [],
    picture: HEADLINE_PICTURE,
  };
  const sentence = (name: string, said: object = {}, longest?: number) =>
    oneLine(signsOf(write(`email/${name}.hbs`, { ...page, mail: { ...mail, ...said } })), longest);
  const balance = sentence('balance');
  const said = {
    balance,
    subject: sentence('subject', {}, LONGEST_SUBJECT),
    preheader: sentence('preheader'),
    alternative: sentence('alternative', { balance }),
  };
  const { subject, preheader, alternative } = said;
  const context = { ...page, mail: { ...mail, ...said } };
  const html = inlineStyles(write('email/email.hbs', context).trim(), text(files, 'email/email.css'), {
    language: locale,
    direction,
    known: classesOf(adaptive(files)),
  });
  const plain = plainText(write('email/text.hbs', context));
  if (wishes.length > 0)
    throw wrongTemplate(
      { file: 'email/email.hbs' },
      'a mail cannot hold a chart, since programs that show mail draw none. Show the picture {{mail.picture.name}}.',
    );
  return {
    html: `${html}\n`,
    text: plain,
    email: {
      schemaVersion: 1,
      subject,
      preheader,
      language: locale,
      direction,
      from: oneLine(publication.publisher),
      placeholders: [...PLACEHOLDERS],
      pictures: [{ ...HEADLINE_PICTURE, alternative }],
      postalAddress: publication.postalAddress ?? [],
    },
  };
}

/** A sentence whose range in brackets stays on one line, however narrow. */
function unbroken(sentence: Written): Written {
  const html = sentence.toHTML().replace(/[(（][^()（）]*[)）]/gu, '<span class="nb">$&</span>');
  return new Written(html, String(sentence));
}

/** What a reader must know before the first figure. */
function stateOf({ kind }: Figures, corrections: readonly PrintedCorrection[]): string {
  if (kind === 'synthetic') return 'synthetic';
  return corrections.length > 0 ? 'corrected' : kind;
}

/** The style sheet that stays one: dark, narrow; blanks taken out, since bytes count in a mail. */
function adaptive(files: Templates['files']): string {
  return text(files, 'email/adaptive.css')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function text(files: Templates['files'], file: string): string {
  const found = files.get(file);
  if (found === undefined) throw wrongTemplate({ file }, 'the file is missing.');
  return found;
}
