import { describe, expect, it } from 'vitest';
import { judgeWeb } from '../../functions/check/web.ts';
import type { Figures } from '../../functions/compute/figures.ts';
import { drawable } from '../../functions/render/drawable.ts';
import { render } from '../../functions/render/render.ts';
import { figures, templates, textOf } from './fixture.ts';

/** Puts a name in every place where the world's names come in: cells, subjects, sources. */
function named(name: string): Figures {
  const all = figures();
  const rename = (tables: Figures['tables']) =>
    Object.fromEntries(
      Object.entries(tables).map(([id, table]) => [
        id,
        {
          ...table,
          rows: table.rows.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([column, value]) => [
                column,
                /^(model|slug|makerName|licence|base|capabilityModel)$/.test(column) && value !== null
                  ? name
                  : value,
              ]),
            ),
          ),
        },
      ]),
    );
  return {
    ...all,
    tables: rename(all.tables),
    series: all.series,
    figures: Object.fromEntries(
      Object.entries(all.figures).map(([id, figure]) => [
        id,
        figure.subject ? { ...figure, subject: name } : figure,
      ]),
    ),
    sources: all.sources.map((source) => ({ ...source, title: name })),
  };
}

describe('a name from outside', () => {
  it.each([
    ['markup', '<img src=x onerror=alert(1)></td></style><script>alert(1)</script>'],
    ['an attribute’s end', '" onmouseover="alert(1)" x=\''],
    ['a template’s braces', '{{constructor.constructor "alert(1)"}} {{{raw}}} {count, plural, one {x}}'],
    ['an object’s secrets', '__proto__'],
    ['an address', 'javascript:alert(1)//https://elsewhere.example'],
  ])('that is %s stays text, in the pages and in the charts', async (_, name) => {
    const { report, web } = await render(named(name), templates, 'en', []);
    for (const page of [report, web]) {
      expect(page).not.toMatch(/<script|<img|<[a-z][^<>]*\son[a-z]+\s*=/i);
      expect(textOf(page)).toContain(drawable(name).slice(0, 20));
      const style = /<style>[\s\S]*?<\/style>/g;
      expect(page.replace(style, '')).not.toContain('{{');
    }
    const refused = judgeWeb(web).filter(({ outcome }) => outcome !== 'passed');
    expect(refused).toEqual([]);
  });

  it('that reorders, hides or rings is shown with a mark in its place', async () => {
    const { report } = await render(named('Qwen\u202Eexe.fdp\u0000\u0007\u200B\u2028x'), templates, 'en', []);
    expect(report.replaceAll('\n', ' ')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(report).toContain('Qwen¤exe.fdp');
  });

  it('of ten thousand characters is cut to what a line can hold', async () => {
    const { report } = await render(named('M'.repeat(10_000)), templates, 'en', []);
    expect(report).toContain(`${'M'.repeat(120)}…`);
    expect(report).not.toContain('M'.repeat(121));
  });
});
