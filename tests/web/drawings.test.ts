import { describe, expect, it } from 'vitest';
import { inlineChart } from '../../functions/render/inline-chart.ts';
import { slimPath } from '../../functions/render/slim-path.ts';
import { slimSvg } from '../../functions/render/slim-svg.ts';
import { standaloneChart } from '../../functions/render/standalone-chart.ts';
import { linesOf } from '../../functions/render/svg-lines.ts';
import { readSvg, writeSvg } from '../../functions/render/svg-tree.ts';

const slim = (inner: string) =>
  writeSvg(slimSvg(readSvg(`<svg>${inner}</svg>`))).replace(/^<svg>|<\/svg>$/g, '');

describe('a path in fewer bytes', () => {
  it.each([
    ['M0,20.799999h381.162188v23.4h-381.162188Z', 'M0 20.8h381.2v23.4h-381.2Z'],
    ['M0,1L2.04,3.26L4,3.26L4,5', 'M0 1l2 2.3h2v1.7'],
    ['M0,0L1,0L2,0L3,0L3,1', 'M0 0h3v1'],
    ['M0.5,0L-0.5,0', 'M.5 0h-1'],
    ['M2,0A2,2,0,1,1,-2,0', 'M2 0A2 2 0 1 1-2 0'],
  ])('%s', (long, short) => {
    expect(slimPath(long)).toBe(short);
  });

  it('ends where it ended, however many steps are rounded on the way', () => {
    const steps = Array.from(
      { length: 1000 },
      (_, index) => `L${(index + 1) * 0.333},${(index + 1) % 2}`,
    ).join('');
    const numbers = [...slimPath(`M0,0${steps}`).matchAll(/-?\d*\.?\d+/g)].map(([number]) => Number(number));
    const across = numbers.filter((_, index) => index % 2 === 0).reduce((sum, step) => sum + step, 0);
    expect(across).toBeCloseTo(1000 * 0.333, 0);
  });
});

describe('a drawing in fewer bytes', () => {
  it('loses what draws nothing, and the library’s names', () => {
    expect(
      slim(
        '<g class="mark-group role-frame" role="graphics-object"><g transform="translate(0,0)"><path class="background" aria-hidden="true" d="M0,0h9v9h-9Z"/><g><path class="mark" d="M0,0h2" stroke="#000" opacity="1"/></g><path class="foreground" d="" display="none"/></g></g>',
      ),
    ).toBe('<path d="M0 0h2" stroke="#000"/>');
  });

  it('keeps a ground that is painted', () => {
    expect(slim('<path class="background" d="M0,0h9v9h-9Z" fill="#eee"/>')).toBe(
      '<path d="M0 0h9v9h-9Z" fill="#eee"/>',
    );
  });

  it('says once what neighbours say alike, of letters only where there are letters', () => {
    expect(
      slim(
        '<g><line x2="4" y2="0" stroke="#ccc"/><text font-size="10.5px" transform="translate(3,4)">A</text><text font-size="10.5px" transform="translate(0,9)" text-anchor="start">B</text></g>',
      ),
    ).toBe(
      '<g font-size="10.5"><path d="M0 0h4" stroke="#ccc"/><text x="3" y="4">A</text><text y="9">B</text></g>',
    );
  });

  it('joins lines that are drawn alike, and writes a round path as a circle', () => {
    expect(
      slim(
        '<line transform="translate(1,0)" x2="0" y2="5" stroke="#ccc"/><line transform="translate(7,0)" x2="0" y2="5" stroke="#ccc"/>',
      ),
    ).toBe('<path d="M1 0v5" stroke="#ccc"/><path d="M7 0v5" stroke="#ccc"/>');
    expect(
      slim(
        '<g><line transform="translate(1,0)" x2="0" y2="5" stroke="#ccc"/><line transform="translate(7,0)" x2="0" y2="5" stroke="#ccc"/></g><path transform="translate(3,4)" d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" fill="#000"/>',
      ),
    ).toBe(
      '<path d="M1,0v5M7 0v5" stroke="#ccc"/><circle cx="3" cy="4" r="2" fill="#000"/>'.replace(
        '1,0v',
        '1 0v',
      ),
    );
  });

  it('keeps what a text says, escaped as it was', () => {
    expect(slim('<text>a &lt; b &amp; c</text>')).toBe('<text>a &lt; b &amp; c</text>');
  });
});

describe('a chart of the web edition', () => {
  const drawn =
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Two bars" class="chart" style="direction:ltr" width="300" height="9" viewBox="0 0 300 9"><path d="M0,0h9" fill="#bf3022" stroke="white"/><text font-family="Inter" x="1">A</text></svg>';

  it('has colours and letters that the page decides on', () => {
    const colour = (hex: string) => ({ '#bf3022': 'var(--china)', white: 'var(--ground)' })[hex] ?? hex;
    expect(inlineChart(drawn, colour)).toBe(
      '<svg role="img" aria-label="Two bars" class="chart" width="300" height="9" viewBox="0 0 300 9"><path d="M0 0h9" fill="var(--china)" stroke="var(--ground)"/><text x="1">A</text></svg>',
    );
  });

  it('stands alone as a file: with its own colours, a title, a description, and letters that any machine has', () => {
    const svg = standaloneChart(drawn, {
      title: 'Who leads',
      subtitle: 'Share.',
      source: 'Source: a hub.',
      edition: 'The Balance, July 2026',
      description: 'Two bars',
      families: ['Inter'],
      language: 'fr',
      direction: 'ltr',
      ink: '#111111',
      quiet: '#555555',
    });
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" xml:lang="fr"/);
    expect(svg).toContain('font-family="\'Inter\', sans-serif"');
    expect(svg).toContain('<title id="title">Who leads</title><desc id="description">Two bars</desc>');
    expect(svg).toContain('<rect width="100%" height="100%" fill="#fff"/>');
    expect([...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text)).toEqual([
      'Who leads',
      'Share.',
      'A',
      'Source: a hub.',
      'The Balance, July 2026',
    ]);
    expect(svg).toContain('fill="#bf3022"');
  });

  it('stands alone in Arabic from the right, its numbers and names in their own order, its sides named', () => {
    const svg = standaloneChart(drawn, {
      title: 'حصة 59.8%',
      subtitle: '',
      source: '',
      sides: [
        { name: 'الصين', colour: '#bf3022' },
        { name: 'الولايات المتحدة', colour: '#17376b' },
      ],
      edition: 'Open Model Balance، يوليو',
      description: 'عمودان',
      families: ['Inter'],
      language: 'ar',
      direction: 'rtl',
      ink: '#111111',
      quiet: '#555555',
    });
    expect([...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text)).toEqual([
      'حصة \u206659.8%\u2069',
      'الصين',
      'الولايات المتحدة',
      'A',
      '\u2066Open Model Balance\u2069، يوليو',
    ]);
    expect(svg).toContain('<text x="318" direction="rtl"');
  });
});

describe('words around a chart', () => {
  it.each([
    ['one two three', ['one two', 'three']],
    ['中国开放模型占开放模型词元', ['中国开放', '模型占开', '放模型词', '元']],
    ['中国开放，占', ['中国开', '放，占']],
    ['a&amp;b', ['a&amp;b']],
    ['unbreakablebecauseoneword', ['unbreakablebecauseoneword']],
  ])('are divided into lines where the language allows it: %s', (text, lines) => {
    expect(linesOf(text, 10, 45)).toEqual(lines);
  });
});
