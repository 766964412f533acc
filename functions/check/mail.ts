import type { Check } from '../compute/figures.ts';
import { reasonIn } from '../publish/corrections.ts';
import type { Email } from '../render/email.ts';
import type { PrintJob } from '../render/print-job.ts';
import { pngSize } from './png-size.ts';

/** From 102 KB on Gmail shows a part of a mail, and not the link to unsubscribe at its end. */
const LONGEST_HTML = 100_000;

/** A picture travels with every mail, to readers on the road too. */
const LARGEST_PICTURE = 200_000;

/** Pixels of a picture for one of a mail, so that it is sharp on dense screens. */
const DENSE = 1.8;

/** How much a picture's height for its width may differ from what the mail says. */
const SAME_SHAPE = 0.01;

/** What RFC 5322 allows in a line; beyond it a mail may be cut on its way. */
const LONGEST_LINE = 998;

/** So much of a correction's reason tells which one is meant; a mail may shorten the rest. */
const TELLS = 60;

/** A mail in one language, and the pictures of the draft that it can show, by name. */
export interface JudgedMail {
  readonly email: Email;
  readonly html: string;
  readonly text: string;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** Judges what every subscriber will get: a mail that has gone out cannot be mended. */
export function judgeMail(mail: JudgedMail, corrections: NonNullable<PrintJob['corrections']>): Check[] {
  return [
    standsAlone(mail),
    placeholders(mail),
    leftovers(mail),
    fits(mail),
    pictures(mail),
    picturesFit(mail),
    plainText(mail),
    samePart(mail),
    ...corrected(mail, corrections),
  ];
}

function verdict(id: string, sentence: string, wrong: readonly string[], fine: string): Check {
  return {
    id: `mail.${id}`,
    sentence,
    outcome: wrong.length > 0 ? 'refuse' : 'passed',
    detail: wrong.length > 0 ? wrong.slice(0, 5).join('; ').slice(0, 400) : fine,
  };
}

function standsAlone({ html, email }: JudgedMail): Check {
  const own = new Set(email.pictures.map(({ name }) => `cid:${name}`));
  const sources = all(html, /\s(?:src|srcset|background|poster)\s*=\s*["']?([^"'\s>]+)/gi).filter(
    (source) => !own.has(source),
  );
  const loads = all(html, /(url\(|@import|<(?:script|link|iframe|object|embed|form|video|audio)\b)/gi);
  const runs = all(html, /(\son[a-z]+\s*=|javascript:)/gi);
  return verdict(
    'stands-alone',
    'A mail that loads or runs anything tells others who reads it, and is kept from readers as spam.',
    [...sources, ...loads, ...runs],
    'nothing is loaded but the mail’s own pictures, nothing runs',
  );
}

function placeholders({ email, html, text }: JudgedMail): Check {
  const known = email.placeholders.map((name) => `{${name}}`);
  const wrong = [
    { part: 'HTML', body: withoutStyle(html) },
    { part: 'plain text', body: text },
  ].flatMap(({ part, body }) => {
    const found = all(body, /(\{[^{}]*\}|[{}])/g);
    return [
      ...known.filter((one) => !found.includes(one)).map((one) => `${one} is not in the ${part}`),
      ...found
        .filter((one) => !known.includes(one))
        .map((one) => `${one.slice(0, 40)} in the ${part} is none`),
    ];
  });
  return verdict(
    'placeholders',
    'Without its placeholder a mail has no link to unsubscribe; an unknown one reaches readers as it is.',
    wrong,
    `both bodies have ${known.join(' and ')}, and no other braces`,
  );
}

function leftovers({ email, html, text }: JudgedMail): Check {
  const said = [email.subject, email.preheader, text, withoutStyle(html).replace(/<[^>]*>/g, ' ')];
  return verdict(
    'no-leftovers',
    'A hole in a template reaches readers as “undefined” where a number should be.',
    said.flatMap((one) => all(one, /(\bundefined\b|\bNaN\b|\[object )/g)),
    'no trace of a template',
  );
}

function fits({ html }: JudgedMail): Check {
  const bytes = new TextEncoder().encode(html).length;
  return verdict(
    'fits',
    'Gmail cuts a mail that is too large, and its link to unsubscribe with it.',
    bytes > LONGEST_HTML ? [`the HTML has ${bytes} bytes of ${LONGEST_HTML}`] : [],
    `the HTML has ${bytes} bytes of ${LONGEST_HTML}`,
  );
}

function pictures({ email, html, pictures: taken }: JudgedMail): Check {
  const wrong = email.pictures.flatMap(({ name, width, height }) => {
    const shown = html.includes(`src="cid:${name}" width="${width}" height="${height}"`);
    return [
      ...(taken.has(name) ? [] : [`there is no ${name}.png`]),
      ...(shown ? [] : [`the HTML does not show cid:${name} at ${width} × ${height}`]),
    ];
  });
  return verdict(
    'pictures',
    'A picture that is missing leaves a hole in the mail.',
    wrong,
    'every picture is there',
  );
}

/** Told, not refused: a mail is still readable with a picture that is heavy, coarse or a little distorted. */
function picturesFit({ email, pictures: taken }: JudgedMail): Check {
  const wrong = email.pictures.flatMap(({ name, width, height }) => {
    const picture = taken.get(name);
    if (!picture) return [];
    const size = pngSize(picture);
    return [
      ...(Math.abs(size.height / size.width - height / width) > SAME_SHAPE
        ? [`${name}.png is ${size.width} × ${size.height}, which is another shape than ${width} × ${height}`]
        : []),
      ...(size.width < DENSE * width
        ? [`${name}.png is ${size.width} pixels wide, too few for ${width}`]
        : []),
      ...(picture.length > LARGEST_PICTURE
        ? [`${name}.png has ${picture.length} bytes of ${LARGEST_PICTURE}`]
        : []),
    ];
  });
  const judged = verdict(
    'pictures-fit',
    'Some programs stretch a picture of another shape, and every reader loads a heavy one, on whatever connection.',
    wrong,
    'every picture has its shape, is sharp and light',
  );
  return wrong.length > 0 ? { ...judged, outcome: 'warning' } : judged;
}

function plainText({ text }: JudgedMail): Check {
  const lines = text.split('\n');
  const bytes = (line: string) => new TextEncoder().encode(line).length;
  return verdict(
    'plain-text',
    'Plain text with marks of HTML in it looks broken to who chose to read plain text.',
    [
      ...all(text, /(&(?:#\d+|#x[0-9a-f]+|[a-z]+);|<\/?[a-z][^>]*>)/gi),
      ...lines.filter((line) => /\s$/.test(line)).map((line) => `a blank ends "${line.slice(0, 40)}"`),
      ...lines.filter((line) => bytes(line) > LONGEST_LINE).map((line) => `too long: "${line.slice(0, 40)}"`),
    ],
    'no marks of HTML, no blanks at ends of lines',
  );
}

/** Links and numbers of the HTML that its plain text lacks. */
function samePart({ html, text }: JudgedMail): Check {
  const links = all(html, /\shref="([^"]*)"/g).map((link) =>
    link.replaceAll('&#61;', '=').replace(/^mailto:/, ''),
  );
  const numbers = (body: string) => new Set(all(body, /(\d+(?:[.,]\d+)*)/g));
  const inText = numbers(text);
  return verdict(
    'same-parts',
    'Who reads plain text gets every figure and every link, too.',
    [
      ...links.filter((link) => !text.includes(link)),
      ...[...numbers(visible(html))].filter((number) => !inText.has(number)),
    ],
    'every link and number of the HTML is in the plain text',
  );
}

function corrected(
  { email, html, text }: JudgedMail,
  corrections: NonNullable<PrintJob['corrections']>,
): readonly Check[] {
  const latest = corrections.at(-1);
  if (!latest) return [];
  const told = reasonIn(latest, email.language);
  const reason = letters(told.slice(0, TELLS));
  return [
    verdict(
      'correction',
      'A mail about a corrected edition that does not say what was corrected looks like a mistake.',
      [
        ...(letters(visible(html)).includes(reason) ? [] : [`not in the HTML: ${told}`]),
        ...(letters(text).includes(reason) ? [] : [`not in the plain text: ${told}`]),
      ],
      'both bodies say what was corrected',
    ),
  ];
}

/** First groups of all matches. */
function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

function withoutStyle(html: string): string {
  return html.replace(/<style\b[\s\S]*?<\/style>/gi, '');
}

/** A body without tags, styles, comments and entities, for comparing what those do not touch. */
function visible(html: string): string {
  return withoutStyle(html)
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#x?[0-9a-f]+|[a-z]+);/gi, '');
}

/** Letters and digits alone, without accents: no face lacks them, and no escaping touches them. */
function letters(text: string): string {
  return text.normalize('NFKD').replace(/[^\p{L}\p{N}]|\p{M}/gu, '');
}
