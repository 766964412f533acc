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
    const found = lintTemplates(withFile('locales/pt/labels.json', '{"labs.caption": "Os laboratórios"}'));
    expect(found.map(({ rule, grave }) => ({ rule, grave }))).toEqual([
      { rule: 'incomplete-language', grave: false },
    ]);
  });

  it('fails for a language that the publication promises, when a key is missing', () => {
    for (const [file, line] of [
      ['locales/fr/labels.json', /^ {2}"labs.caption".*\n/m],
      ['locales/ar/sentences.json', /^ *"snapshot.none".*\n/m],
    ] as const)
      expect(rules(file, (text) => text.replace(line, ''))).toMatchObject([
        {
          rule: 'incomplete-language',
          grave: true,
          message: expect.stringMatching(
            /lacks (labs\.caption|snapshot\.none), .*publication\.json promises it/,
          ),
        },
      ]);
  });

  it.each([
    [
      'a label that English has not',
      'locales/zh/labels.json',
      (text: string) => text.replace('{', '{\n "labs.captoin": "x",'),
      'unused-label',
      /zh\/labels\.json, line 2: the label "labs.captoin" is not in English.*Nearby: "labs.caption"/,
    ],
    [
      'a sentence that the figures never say',
      'locales/fr/sentences.json',
      (text: string) => text.replace('{', '{\n "snapshot.nome": "x",'),
      'unused-sentence',
      /fr\/sentences\.json, line 2: the figures never say "snapshot.nome".*Nearby: "snapshot.none"/,
    ],
    [
      'an argument that nobody gives',
      'locales/ar/labels.json',
      (text: string) => text.replace(/("labs.caption": ")/, '$1{lab} '),
      'unknown-argument',
      /ar\/labels\.json, line \d+: the label "labs.caption" names \{lab\}, which nobody gives it/,
    ],
    [
      'a sentence with an argument that the figures do not give',
      'locales/fr/sentences.json',
      (text: string) => text.replace(/("snapshot.no-day": ")/, '$1{day} '),
      'unknown-argument',
      /the sentence "snapshot.no-day" names \{day\}, which the figures do not give it\. They give month/,
    ],
    [
      'a sentence that is no message',
      'locales/fr/sentences.json',
      (text: string) => text.replace(/("snapshot.none": ")/, '$1{'),
      'icu',
      /the sentence "snapshot.none" is not an ICU message/,
    ],
    [
      'a sign that cannot be seen',
      'locales/ar/labels.json',
      (text: string) => text.replace(/("labs.caption": ")/, '$1\u200f'),
      'invisible-character',
      /ar\/labels\.json, line \d+: there is a sign that cannot be seen \(U\+200F\)/,
    ],
  ] as const)('finds %s, and only that', (_, file, edit, rule, message) => {
    const found = rules(file, edit);
    expect(found).toEqual([{ rule, grave: true, message: expect.stringMatching(message) }]);
  });

  it('knows from DATA.md the indicators, with their versions, and the sources', () => {
    const guide = readDataGuide(templates.files.get('DATA.md') ?? '');
    expect(guide.indicators).toEqual(figures().methods.map(({ id, version }) => `${id}@${version}`));
    expect(guide.sources.toSorted()).toEqual(
      [...new Set(figures().sources.map(({ source }) => source))].sort(),
    );
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
