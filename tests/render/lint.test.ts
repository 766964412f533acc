import { describe, expect, it } from 'vitest';
import { readDataGuide } from '../../functions/render/data-guide.ts';
import { lintTemplates } from '../../functions/render/lint-rules.ts';
import { figures, templates, withFile } from './fixture.ts';

const rules = (path: string, edit: (text: string) => string) => lintTemplates(withFile(path, edit));

describe('the linter of the editor’s folder', () => {
  it('finds nothing in the folder as it is', () => {
    expect(lintTemplates(templates)).toEqual([]);
  });

  it.each([
    [
      'an unused label',
      'locales/en/labels.json',
      (text: string) => text.replace('{', '{\n "spare.label": "x",'),
      'unused-label',
      /labels\.json, line 2: the label "spare.label" is used nowhere/,
    ],
    [
      'a label a setting asks for',
      'labs.json',
      (text: string) => text.replace('labs.note.alibaba', 'labs.note.alibabba'),
      'missing-label',
      /labs\.json, line \d+: the label "labs.note.alibabba" is needed/,
    ],
    [
      'an unknown helper',
      'report/sections/labs.hbs',
      (text: string) => `${text}\n{{procent 1}}`,
      'unknown-name',
      /labs\.hbs, line \d+: there is no helper "procent"/,
    ],
    [
      'an argument that some choice of a label needs',
      'locales/en/labels.json',
      (text: string) => text.replace('level {Level}', 'level {Level since {since}}'),
      'unknown-name',
      /cover\.hbs, line \d+: the label "cover.lag.note" names \{since\}, which is not given here/,
    ],
    [
      'a figure DATA.md does not know',
      'report/axes.json',
      (text: string) => text.replace('releases.count.china', 'releases.count.chine'),
      'unknown-figure',
      /axes\.json, line \d+: there is no figure/,
    ],
    [
      'a chart with an address',
      'charts/balance.vl.json',
      (text: string) => text.replace('"name": "balance"', '"url": "https://elsewhere.example/x.json"'),
      'chart',
      /balance\.vl\.json, line \d+: a chart may not/,
    ],
    [
      'a style sheet from elsewhere',
      'report/report.css',
      (text: string) => `@import "https://elsewhere.example/x.css";\n${text}`,
      'outside',
      /report\.css, line 1: .*reaches outside/,
    ],
    [
      'a script',
      'report/sections/labs.hbs',
      (text: string) => `<script>1</script>\n${text}`,
      'outside',
      /labs\.hbs, line 1/,
    ],
    [
      'JSON that is none',
      'claims.json',
      (text: string) => text.replace('[', ''),
      'json',
      /claims\.json.*not JSON/,
    ],
    [
      'a message that is none',
      'locales/en/labels.json',
      (text: string) => text.replace('"labs.caption": "', '"labs.caption": "{open '),
      'icu',
      /labels\.json, line \d+: the label "labs.caption" is not an ICU/,
    ],
    [
      'a file nothing uses',
      'report/partials/spare.hbs',
      () => 'x',
      'unused-file',
      /partials\/spare\.hbs: nothing uses/,
    ],
  ] as const)('finds %s', (_, path, edit, rule, message) => {
    const found = rules(path, edit);
    expect(found.map((one) => one.rule)).toContain(rule);
    expect(found.map((one) => one.message).join('\n')).toMatch(message);
  });

  it('mentions a language that is not complete without failing for it', () => {
    const found = lintTemplates(withFile('locales/fr/labels.json', '{"labs.caption": "Les laboratoires"}'));
    expect(found.map(({ rule, grave }) => ({ rule, grave }))).toEqual([
      { rule: 'incomplete-language', grave: false },
    ]);
  });

  it('knows from DATA.md exactly the figures, tables and series that are computed', () => {
    const guide = readDataGuide(templates.files.get('DATA.md') ?? '');
    const computed = figures();
    expect(guide.figures.toSorted()).toEqual(Object.keys(computed.figures).sort());
    expect(guide.tables.toSorted()).toEqual(
      [...Object.keys(computed.tables), ...Object.keys(computed.series)].sort(),
    );
  });
});
