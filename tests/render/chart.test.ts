import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../functions/errors.ts';
import { render } from '../../functions/render/render.ts';
import { figures, templates, withFile } from './fixture.ts';

const FILE = 'charts/usage-daily.vl.json';

async function drawn(spec: object): Promise<string> {
  const { report } = await render(figures(), withFile(FILE, JSON.stringify(spec, null, 1)), 'en', []);
  return report;
}

const bars = {
  data: { name: 'usage-by-camp' },
  width: 'container',
  height: 100,
  mark: 'bar',
  encoding: { x: { field: 'share', type: 'quantitative' }, y: { field: 'country', type: 'nominal' } },
};

describe('a chart', () => {
  it.each([
    ['a file', { ...bars, data: { url: 'file:///etc/passwd' } }],
    ['an address', { ...bars, data: { url: 'https://elsewhere.example/data.csv' } }],
    ['a path', { ...bars, data: { url: '../../package.json' } }],
    [
      'another table by address',
      { ...bars, transform: [{ lookup: 'country', from: { data: { url: 'x.csv' }, key: 'country' } }] },
    ],
    ['an image', { ...bars, mark: { type: 'image', url: 'https://elsewhere.example/x.png' } }],
    [
      'an image in its data',
      { ...bars, mark: 'image', encoding: { url: { value: 'data:image/png;base64,AAAA' } } },
    ],
    ['a link', { ...bars, encoding: { ...bars.encoding, href: { value: 'https://elsewhere.example' } } }],
  ])('that asks for %s is refused with its file', async (_, spec) => {
    await expect(drawn(spec)).rejects.toThrow(TemplateError);
    await expect(drawn(spec)).rejects.toThrow(
      /templates\/charts\/usage-daily\.vl\.json, line \d+: a chart may not/,
    );
  });

  it.each([
    ['the process', 'process.exit(1)'],
    ['the globals', 'globalThis.process'],
    ['a constructor', "datum.constructor.constructor('return process')()"],
    ['a constructor by text', "datum['con' + 'structor']['constructor']('return process')()"],
  ])('cannot reach %s by an expression', async (_, calculate) => {
    const spec = {
      ...bars,
      transform: [{ calculate, as: 'escaped' }],
      encoding: { ...bars.encoding, x: { field: 'escaped', type: 'nominal' } },
    };
    await expect(drawn(spec)).rejects.toThrow(
      /templates\/charts\/usage-daily\.vl\.json: the chart cannot be drawn/,
    );
  });

  it('that names a table that is not there says which are near', async () => {
    await expect(drawn({ ...bars, data: { name: 'usage-by-camps' } })).rejects.toThrow(
      /no table or series "usage-by-camps". Nearby: "usage-by-camp"/,
    );
  });

  it('that names a colour or label that is not there is refused', async () => {
    await expect(drawn({ ...bars, mark: { type: 'bar', color: 'theme:chinna' } })).rejects.toThrow(
      /theme.json has no colour "chinna"/,
    );
    await expect(drawn({ ...bars, title: 't:code.chinna' })).rejects.toThrow(
      /there is no label "code.chinna"/,
    );
  });

  it('with a time axis that moves with the machine’s time zone is refused', async () => {
    const spec = {
      ...bars,
      encoding: { x: { field: 'day', type: 'temporal' }, y: { field: 'share', type: 'quantitative' } },
    };
    await expect(drawn(spec)).rejects.toThrow(/a time axis needs "scale": \{"type": "utc"\}/);
  });

  it('without data says not measured instead of drawing an empty frame', async () => {
    const all = figures();
    const daily = all.series['usage-daily'];
    if (!daily) throw new Error('the fixture has no usage-daily');
    const { report } = await render(
      { ...all, series: { ...all.series, 'usage-daily': { ...daily, rows: [] } } },
      templates,
      'en',
      [],
    );
    expect(report).toContain('There is nothing to draw: not measured in this edition.');
    // One more is the balance in the picture of the mail.
    expect(report.match(/<svg\b/g)).toHaveLength(9 + 1);
  });
});
