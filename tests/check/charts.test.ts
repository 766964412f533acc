import { describe, expect, it } from 'vitest';
import { chartsLinked, judgeCharts } from '../../functions/check/charts.ts';

const whole =
  '<svg xmlns="http://www.w3.org/2000/svg"><title>Who leads</title><desc>China.</desc><path d="M0 0h1"/></svg>';
const fault = (svg: string) => {
  const [check] = judgeCharts(new Map([['usage', svg]]), ['usage']);
  return check?.outcome === 'refuse' ? check.detail : undefined;
};

describe('judging the charts beside the web page', () => {
  it('lets one pass that is whole and says what it shows', () => {
    expect(fault(whole)).toBeUndefined();
  });

  it.each([
    [whole.replace('</svg>', ''), 'usage: not well-formed, the drawing is not one closed svg element'],
    [
      whole.replace('</title>', '</desc>'),
      'usage: not well-formed, the drawing closes "desc" inside "title"',
    ],
    [whole.replace('Who leads', ' '), 'usage: no title'],
    [whole.replace('<desc>China.</desc>', ''), 'usage: no description'],
    [whole.replace(' xmlns="http://www.w3.org/2000/svg"', ''), 'usage: no SVG document'],
    [whole.replace('<path', '<image href="https://a.org/x.png"/><path'), 'usage: it runs or loads something'],
    [whole.replace('<path', '<path onclick="x()"'), 'usage: it runs or loads something'],
  ])('refuses %s', (svg, detail) => {
    expect(fault(svg)).toBe(detail);
  });

  it('refuses a link of the page to a chart that is not there', () => {
    const linked = chartsLinked('<a href="charts/usage.svg">a</a> <a href="charts/labs.svg">b</a>');
    expect(linked).toEqual(['usage', 'labs']);
    expect(judgeCharts(new Map([['usage', whole]]), linked)).toMatchObject([
      { id: 'web.charts', outcome: 'refuse', detail: 'labs: not there' },
    ]);
  });
});
