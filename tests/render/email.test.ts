import { describe, expect, it } from 'vitest';
import type { PrintedCorrection } from '../../functions/publish/corrections.ts';
import { emailArtefact, PLACEHOLDERS } from '../../functions/render/email.ts';
import { type WrittenEmail, writeEmail } from '../../functions/render/email-document.ts';
import { fillPlaceholders } from '../../functions/render/email-fill.ts';
import { lintTemplates } from '../../functions/render/lint-rules.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import { openNumbers } from '../../functions/render/numbers.ts';
import { render } from '../../functions/render/render.ts';
import type { Templates } from '../../functions/render/templates.ts';
import { figures, templates, textOf, withFigures, withFile } from './fixture.ts';

const { complete } = completeLocales(templates);

function correction(because: string): PrintedCorrection {
  return { corrects: 'r1', because, at: '2026-08-20T10:00:00.000Z' };
}

function english(
  options: { corrections?: PrintedCorrection[]; of?: ReturnType<typeof figures>; with?: Templates } = {},
): WrittenEmail {
  return writeEmail(options.of ?? figures(), options.with ?? templates, 'en', options.corrections ?? []);
}

const times = (body: string, part: string) => body.split(part).length - 1;

describe('the mail of an edition', () => {
  it.each(complete)('says in %s the month and the headline in its subject, in one line', async (locale) => {
    const { email } = writeEmail(figures(), templates, locale);
    const { job } = await render(figures(), templates, locale, []);
    expect(email.subject).toContain(openNumbers(locale).month('2026-07'));
    expect(job.subject.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')).toBe(email.subject);
    expect(email.subject.length).toBeLessThanOrEqual(150);
    expect(email).toMatchObject({
      language: job.language,
      direction: job.direction,
      placeholders: PLACEHOLDERS,
    });
    expect(emailArtefact.parse(emailArtefact.serialise(email, 'here'), 'here')).toEqual(email);
  });

  it.each(complete)('is marked in %s with its language and its direction', (locale) => {
    const { html, email } = writeEmail(figures(), templates, locale);
    expect(html).toContain(`<html lang="${locale}" dir="${email.direction}">`);
    expect(html).toContain(`text-align: ${email.direction === 'rtl' ? 'right' : 'left'}`);
    expect(html).not.toMatch(/text-align: ?(start|end)|inline-(start|end)/);
  });

  it('has the three numbers of the cover and the finding of its picture as text in both parts', () => {
    const { html, text, email } = english();
    for (const part of [textOf(html), text])
      for (const number of ['73.5%', '61.1% v 32.3%', '12.2 months', '87% of open tokens'])
        expect(part).toContain(number);
    expect(email.pictures[0]?.alternative).toMatch(/^Chinese open models served 87%.*Downloads: 61\.1%/);
    expect(html).toMatch(/<img src="cid:headline" width="536" height="\d+" alt="Chinese open models/);
  });

  it('leads to the edition in the reader’s language, its page and its PDF', () => {
    const { html } = writeEmail(figures(), templates, complete.at(-1) ?? 'en');
    const folder = `https://openmodelbalance.org/2026-07/${complete.at(-1)}/`;
    for (const link of [folder, `${folder}web.html`, `${folder}report.pdf`])
      expect(html).toContain(`href="${link}"`);
  });

  it('says of a corrected edition what was corrected, before the first number', () => {
    const { email, html, text } = english({ corrections: [correction('Two labs were counted twice.')] });
    expect(email.subject).toMatch(/^Corrected: Chinese open models/);
    for (const part of [textOf(html.slice(html.indexOf('<h1'))), text]) {
      expect(part).toContain('Corrected on August 20, 2026. Two labs were counted twice.');
      expect(part.indexOf('counted twice')).toBeLessThan(part.indexOf('73.5%'));
    }
  });

  it('says of synthetic figures that they are, in the subject too', () => {
    const { email, html, text } = english({ of: { ...figures(), kind: 'synthetic' } });
    expect(email.subject).toMatch(/^Synthetic figures: /);
    for (const part of [textOf(html), text]) expect(part).toContain('not about the world');
  });

  it('says of recorded figures that they are, and in a live edition only of what day they are', () => {
    expect(english().text).toContain('Made from recorded figures.');
    const { text } = english({ of: { ...figures(), kind: 'live' } });
    expect(text).not.toContain('recorded');
    expect(text).toContain('Data as of:');
  });

  it('says “not measured” where there is no number, with no unit behind it', () => {
    const nothing = {
      value: null,
      low: null,
      high: null,
      status: 'missing',
      reason: 'Nothing came.',
    } as const;
    const { text } = english({
      of: withFigures({
        'usage.open-share': nothing,
        'capability.best.china-open': nothing,
        'capability.lag.united-states-open-behind-china-open': nothing,
      }),
    });
    expect(text).toMatch(/share of tokens\nnot measured\n\n/);
    expect(text).toMatch(/frontiers\nnot measured\n\n/);
  });

  it('cuts an endless headline at a word', () => {
    const long = withFile('locales/en/labels.json', (text) =>
      text.replace(
        '"Chinese open models served',
        `"${'Very many words stand here. '.repeat(9)}Chinese models`,
      ),
    );
    const { subject } = english({ with: long }).email;
    expect(subject.length).toBeLessThanOrEqual(150);
    expect(subject).toMatch(/[a-z.] …$/);
  });

  it('has a postal address only if the publication gives one', () => {
    const lines = ['The Balance', '1 Example Street', '00000 Exampleton'];
    const given = english({
      with: withFile('publication.json', (text) =>
        text.replace('"contact"', `"postalAddress": ${JSON.stringify(lines)}, "contact"`),
      ),
    });
    for (const part of [textOf(given.html), given.text])
      expect(part).toContain('The Balance, 1 Example Street, 00000 Exampleton');
    expect(given.email.postalAddress).toEqual(lines);
    expect(english().email.postalAddress).toEqual([]);
  });
});

describe('the placeholders of a mail', () => {
  it('stand once in either part, and no text can pass for one', () => {
    const hostile = correction(
      'We wrote {unsubscribe} and &#123;preferences&#125; and {{unsubscribe}} by mistake.',
    );
    const { html, text, email } = english({ corrections: [hostile] });
    const body = html.replace(/<style>[\s\S]*?<\/style>/, '');
    for (const name of PLACEHOLDERS) {
      expect(times(body, `{${name}}`)).toBe(1);
      expect(times(text, `{${name}}`)).toBe(1);
    }
    expect(body.replace(/\{(unsubscribe|preferences)\}/g, '')).not.toMatch(/[{}]/);
    expect(text.replace(/\{(unsubscribe|preferences)\}/g, '')).not.toMatch(/[{}]/);
    expect(JSON.stringify(email.subject + email.preheader)).not.toMatch(/[{}]/);
    expect(text).toContain('We wrote (unsubscribe)');
  });

  it('are replaced in one pass, so that what is put in is not read again', () => {
    const values = { unsubscribe: 'https://a.example/?u=1&x=2', preferences: 'https://a.example/p' };
    const { html, text } = english();
    expect(fillPlaceholders(html, values, 'html')).toContain('href="https://a.example/?u=1&amp;x=2"');
    expect(fillPlaceholders(text, values, 'text')).toContain('\nhttps://a.example/?u=1&x=2\n');
    expect(fillPlaceholders(text, values, 'text')).not.toMatch(/[{}]/);
  });

  it.each(['javascript:alert(1)', 'http://a.example/', 'https://a.example/"><b>', '{preferences}', ''])(
    'take no other value than a link: %s',
    (unsubscribe) => {
      const values = { unsubscribe, preferences: 'https://a.example/' };
      expect(() => fillPlaceholders('{unsubscribe}', values, 'html')).toThrow(/no https URL/);
    },
  );
});

describe('the templates of the mail', () => {
  it.each([
    [
      'a label',
      (text: string) => text.replace('"mail.read"', '"mail.raed"'),
      /email\.hbs, line \d+: there is no label "mail\.raed".*"mail\.read"/,
    ],
    [
      'a figure',
      (text: string) => text.replace('"usage.open-share"', '"usage.opne-share"'),
      /email\.hbs, line \d+: there is no figure "usage\.opne-share"/,
    ],
    [
      'a helper',
      (text: string) => text.replace('{{share ', '{{shrae '),
      /email\.hbs, line \d+: there is no helper "shrae"/,
    ],
    [
      'a partial',
      (text: string) => text.replace('{{> email/filler}}', '{{> email/filer}}'),
      /email\.hbs, line \d+: there is no partial "email\/filer" \(email\/filer\.hbs\)/,
    ],
    [
      'a class',
      (text: string) => text.replace('class="headline ink"', 'class="haedline ink"'),
      /email\.hbs, line \d+: there is no rule for the class "haedline".*"headline"/,
    ],
  ])('are linted: %s that is misspelt', (_, edit, message) => {
    const found = lintTemplates(withFile('email/email.hbs', edit)).map((one) => one.message);
    expect(found).toContainEqual(expect.stringMatching(message));
    expect(() => english({ with: withFile('email/email.hbs', edit) })).toThrow();
  });

  it('are linted: a file that nothing uses, a label that only a mail would use', () => {
    expect(lintTemplates(withFile('email/spare.hbs', '<p>x</p>'))).toEqual([
      expect.objectContaining({
        rule: 'unused-file',
        message: expect.stringContaining('templates/email/spare.hbs'),
      }),
    ]);
    const unused = withFile('locales/en/labels.json', (text) => text.replace('{', '{\n "mail.spare": "x",'));
    expect(lintTemplates(unused).filter(({ rule }) => rule !== 'incomplete-language')).toEqual([
      expect.objectContaining({
        rule: 'unused-label',
        message: expect.stringContaining('labels.json, line 2'),
      }),
    ]);
  });

  it('name file and line for a name that is not there', () => {
    const wrong = withFile('email/text.hbs', (text) => `${text}\n{{mail.nothing}}`);
    expect(() => english({ with: wrong })).toThrow(/templates\/email\/text\.hbs, line \d+/);
  });

  it('cannot hold a chart', () => {
    const wrong = withFile('email/email.hbs', (text) =>
      text.replace('</body>', '{{chart "balance" alt="x"}}</body>'),
    );
    expect(() => english({ with: wrong })).toThrow(/a mail cannot hold a chart/);
  });
});
