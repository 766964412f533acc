import { describe, expect, it } from 'vitest';
import { oneLine } from '../../functions/render/email-line.ts';
import { classesOf, inlineStyles } from '../../functions/render/email-styles.ts';
import { columnsOf, plainText } from '../../functions/render/email-text.ts';

describe('the plain text of a mail', () => {
  it('is without tags and entities', () => {
    expect(plainText('<p>A &amp; B&#39;s <b>87%</b></p>\n')).toBe("A & B's 87%\n");
  });

  it('breaks lines at blanks before 79 columns, and ends none with a blank', () => {
    const lines = plainText(`${'words of a sentence '.repeat(20)}`).split('\n');
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(78);
    expect(lines.filter((line) => /\s$/.test(line))).toEqual([]);
  });

  it('counts Han characters twice, and breaks between them but not before their punctuation', () => {
    const lines = plainText('中国开放模型，'.repeat(20)).trimEnd().split('\n');
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(78);
    expect(lines.filter((line) => line.startsWith('，'))).toEqual([]);
    expect(lines.join('')).toBe('中国开放模型，'.repeat(20));
  });

  it('keeps a link whole, however long', () => {
    const link = `https://a.example/${'x'.repeat(100)}`;
    expect(plainText(`See ${link} there`)).toBe(`See\n${link}\nthere\n`);
  });

  it('keeps a number and its sign together where they are joined', () => {
    const text = plainText(`${'x'.repeat(74)} 61,1&nbsp;% y`);
    expect(text).toBe(`${'x'.repeat(74)}\n61,1 % y\n`);
  });

  it('keeps one empty line at most', () => {
    expect(plainText('\n\nA\n\n\n\nB\n\n')).toBe('A\n\nB\n');
  });
});

describe('a line for a header', () => {
  it('has no line breaks, no controls and no marks of direction', () => {
    expect(oneLine('A\r\nBcc: x@y.example\u0000\u200f  B')).toBe('A Bcc: x@y.example B');
  });

  it('is cut where it must be if there is no blank', () => {
    expect(oneLine('中'.repeat(200), 20)).toBe(`${'中'.repeat(18)} …`);
  });
});

describe('styles written into elements', () => {
  const css =
    '.a { color: red; text-align: start; padding-inline-end: 3px }\n.b:lang(ar) { font-size: 20px }\n.a, .c { margin: 0 }';
  const inlined = (
    html: string,
    language: string,
    direction: 'ltr' | 'rtl',
    known: ReadonlySet<string> = new Set(),
  ) => inlineStyles(html, css, { language, direction, known });

  it('take sides by the direction of the language', () => {
    expect(inlined('<p class="a">', 'en', 'ltr')).toBe(
      '<p style="color: red;text-align: left;padding-right: 3px;margin: 0">',
    );
    expect(inlined('<p class="a">', 'ar', 'rtl')).toBe(
      '<p style="color: red;text-align: right;padding-left: 3px;margin: 0">',
    );
  });

  it('are those of the language alone', () => {
    expect(inlined('<p class="b">', 'en', 'ltr')).toBe('<p>');
    expect(inlined('<p class="b">', 'ar', 'rtl')).toBe('<p style="font-size: 20px">');
  });

  it('keep the class where the style sheet in the head needs it', () => {
    const known = classesOf('@media (max-width: 480px) { .c { margin: 1px !important } }');
    expect(inlined('<p class="a c">', 'en', 'ltr', known)).toMatch(/^<p class="c" style=/);
  });

  it('are refused for a class that no rule is of, and for a rule of more than a class', () => {
    expect(() => inlined('<p class="aa">', 'en', 'ltr')).toThrow(/no rule for the class "aa"/);
    expect(() =>
      inlineStyles('', '.a {}\n.a > p { color: red }', {
        language: 'en',
        direction: 'ltr',
        known: new Set(),
      }),
    ).toThrow(/email\.css, line 2: "\.a > p" is not one class/);
  });
});
