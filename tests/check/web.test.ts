import { describe, expect, it } from 'vitest';
import { judgeWeb } from '../../functions/check/web.ts';

const wrong = (html: string) =>
  judgeWeb(`<!doctype html>${html}`)
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ id }) => id);

describe('judging the web page', () => {
  it('lets links, inline pictures, inline styles and fonts pass', () => {
    expect(
      wrong(
        '<a href="https://openrouter.ai">x</a><img src="data:image/png;base64,AA"><style>@font-face{src:url(data:font/woff2;base64,AA)}</style><link rel="canonical" href="https://a.org">',
      ),
    ).toEqual([]);
  });

  it.each([
    '<img src="https://a.org/x.png">',
    '<img alt="" src=/x.png>',
    '<link rel="stylesheet" href="x.css">',
    '<style>@import "https://a.org/x.css"</style>',
    '<style>a{background:url(https://a.org/x.png)}</style>',
    '<iframe src="file:///etc/passwd"></iframe>',
  ])('refuses what loads from outside: %s', (html) => {
    expect(wrong(html)).toContain('web.stands-alone');
  });

  it.each(['<script>1</script>', '<p onclick="x()">', '<a href="javascript:x()">x</a>'])(
    'refuses what runs: %s',
    (html) => {
      expect(wrong(html)).toContain('web.runs-nothing');
    },
  );

  it.each(['<p>{{share}}</p>', '<p>undefined</p>', '<td>NaN</td>', '<p>[object Object]</p>'])(
    'refuses the trace of a template: %s',
    (html) => {
      expect(wrong(html)).toEqual(['web.no-leftovers']);
    },
  );

  it('does not take the inside of a style for a trace', () => {
    expect(wrong('<style>@media print{a{color:red}}</style><p>Undefinedness</p>')).toEqual([]);
  });
});
