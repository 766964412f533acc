import { describe, expect, it } from 'vitest';
import { faceCharacters, type Kind, type Weight } from '../../functions/render/face-characters.ts';

const STYLE =
  'body{font-family:var(--serif)}table{font-family:var(--sans)}strong{font-weight:600}.group th{font-weight:600}tbody th{font-weight:400}.big:hover{font-weight:600}@media print{i{font-weight:600}}q::before{content:"»"}';

const shown = (body: string, kind: Kind, weight: Weight) =>
  String.fromCodePoint(
    ...faceCharacters(`<!doctype html><style>${STYLE}</style><body>${body}</body>`)(kind, weight),
  ).replace('»', '');

describe('the characters that a page shows in each face', () => {
  it('are told by the nearest element that a rule is about', () => {
    const body = '<p>ab<strong>c</strong>d</p><table><tbody><td>e</td></tbody></table>';
    expect(shown(body, 'text', 400)).toBe('abd');
    expect(shown(body, 'text', 600)).toBe('c');
    expect(shown(body, 'label', 400)).toBe('e');
  });

  it('are of both weights where several rules could decide', () => {
    const body = '<table><tbody><tr class="group"><th>a</th></tr><tr><th>b</th></tr></tbody></table>';
    expect(shown(body, 'label', 600)).toBe('a');
    expect(shown(body, 'label', 400)).toBe('ab');
  });

  it('are of both weights where a rule has a condition that is not looked at', () => {
    expect(shown('<p>a<b class="big">b</b><i>c</i></p>', 'text', 600)).toBe('bc');
    expect(shown('<p>a<b class="big">b</b><i>c</i></p>', 'text', 400)).toBe('abc');
  });

  it('are those of entities, and not those of attributes, comments and styles', () => {
    expect(shown('<p title="x">&#20013;&amp;<!-- y --></p>', 'text', 400)).toBe('中&');
  });

  it('are those that a style sheet or a label adds, in every face they could stand in', () => {
    const all = faceCharacters(`<style>${STYLE}</style><td data-label="月"></td>`);
    expect(all('label', 600).has('»'.codePointAt(0) ?? 0)).toBe(true);
    expect(all('text', 400).has('月'.codePointAt(0) ?? 0)).toBe(true);
  });

  it('are drawn in the weight that a part of a chart asks for', () => {
    expect(shown('<svg><g font-weight="600"><text>a</text></g><text>b</text></svg>', 'text', 600)).toBe('a');
  });
});
