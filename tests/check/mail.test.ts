import { describe, expect, it } from 'vitest';
import { type JudgedMail, judgeMail } from '../../functions/check/mail.ts';
import { writeEmail } from '../../functions/render/email-document.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import { figures, templates } from '../render/fixture.ts';

const because = 'Two labs were counted twice in the table of downloads.';
const corrections = [{ corrects: 'r1', because, at: '2026-08-20T10:00:00.000Z' }];

/** The beginning of a PNG, as large as told. */
function png(width: number, height: number, bytes = 33): Uint8Array {
  const picture = new Uint8Array(bytes);
  const view = new DataView(picture.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return picture;
}

function mail(corrected = false): JudgedMail {
  const written = writeEmail(figures(), templates, 'en', corrected ? corrections : []);
  const { width = 0, height = 0 } = written.email.pictures[0] ?? {};
  return { ...written, pictures: new Map([['headline', png(2 * width, 2 * height)]]) };
}

const { complete } = completeLocales(templates);

function refused(changes: Partial<JudgedMail>, of = mail()): string[] {
  return judgeMail({ ...of, ...changes }, [])
    .filter(({ outcome }) => outcome === 'refuse')
    .map(({ id }) => id);
}

const inHtml = (part: string) => ({ html: mail().html.replace('</h1>', `</h1>${part}`) });

describe('the judge of the mail', () => {
  it('lets the mail of the recorded edition pass, and that of a corrected one', () => {
    expect(refused({})).toEqual([]);
    expect(judgeMail(mail(true), corrections).filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  it.each([
    '<img src="https://a.example/pixel.gif" width="1" height="1" alt="">',
    '<img src="cid:other" alt="">',
    '<td background="https://a.example/x.png">x</td>',
    '<p style="background:url(https://a.example/x.png)">x</p>',
    '<link rel="stylesheet" href="https://openmodelbalance.org/">',
    '<script>1</script>',
    '<p onclick="x()">x</p>',
    '<form action="https://openmodelbalance.org/"></form>',
  ])('refuses what loads or runs: %s', (part) => {
    expect(refused(inHtml(part))).toContain('mail.stands-alone');
  });

  it('refuses a mail without the link to unsubscribe, in either part', () => {
    const { html, text } = mail();
    expect(refused({ html: html.replace('{unsubscribe}', 'https://openmodelbalance.org/') })).toContain(
      'mail.placeholders',
    );
    expect(refused({ text: text.replace('{unsubscribe}', '') })).toContain('mail.placeholders');
  });

  it.each(['{unsubscirbe}', '{{unsubscribe}}', '}'])('refuses braces that are no placeholder: %s', (part) => {
    expect(refused(inHtml(part))).toContain('mail.placeholders');
    expect(refused({ text: `${mail().text}${part}\n` })).toContain('mail.placeholders');
  });

  it.each(['undefined', 'NaN', '[object Object]'])('refuses the trace of a template: %s', (part) => {
    expect(refused(inHtml(`<p>${part}</p>`))).toContain('mail.no-leftovers');
    expect(refused({ text: `${mail().text}${part}\n` })).toContain('mail.no-leftovers');
  });

  it('refuses what Gmail would cut', () => {
    expect(refused(inHtml('x'.repeat(100_000)))).toEqual(['mail.fits']);
  });

  it('refuses a picture that is missing', () => {
    expect(refused({ pictures: new Map() })).toEqual(['mail.pictures']);
  });

  it('warns of a picture that is too heavy for the road, of another shape, or not dense enough', () => {
    const { width = 0, height = 0 } = mail().email.pictures[0] ?? {};
    for (const picture of [
      png(2 * width, 2 * height, 200_001),
      png(2 * width, 2 * height + 40),
      png(width, height),
    ]) {
      const pictures = new Map([['headline', picture]]);
      const reasons = judgeMail({ ...mail(), pictures }, []).filter(({ outcome }) => outcome !== 'passed');
      expect(reasons).toEqual([expect.objectContaining({ id: 'mail.pictures-fit', outcome: 'warning' })]);
    }
  });

  it('refuses plain text with marks of HTML, or with blanks at the ends of lines', () => {
    for (const part of ['a &amp; b', '&#39;', '<b>x</b>', 'x ', 'x'.repeat(999)])
      expect(refused({ text: `${mail().text}${part}\n` })).toEqual(['mail.plain-text']);
  });

  it('refuses a number or a link that the plain text lacks', () => {
    expect(refused(inHtml('<p>47.11%</p>'))).toEqual(['mail.same-parts']);
    expect(refused(inHtml('<a href="https://a.example/">x</a>'))).toEqual(['mail.same-parts']);
  });

  it.each(complete)(
    'lets the mail of a corrected edition pass in %s, whatever language its reason is in',
    (locale) => {
      for (const translations of [
        undefined,
        { [locale]: `${locale}: Zwei Labore wurden doppelt gezählt.` },
      ]) {
        const told = [
          {
            corrects: 'r1',
            because,
            at: '2026-08-20T10:00:00.000Z',
            ...(translations ? { translations } : {}),
          },
        ];
        const written = writeEmail(figures(), templates, locale, told);
        const reasons = judgeMail({ ...written, pictures: mail().pictures }, told);
        expect(reasons.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
      }
    },
  );

  it('refuses a mail that does not say what was corrected', () => {
    const reasons = judgeMail(mail(), corrections).filter(({ outcome }) => outcome === 'refuse');
    expect(reasons).toEqual([
      expect.objectContaining({ id: 'mail.correction', detail: expect.stringContaining(because) }),
    ]);
  });
});
