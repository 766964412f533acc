import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../functions/errors.ts';
import { render } from '../../functions/render/render.ts';
import { figures, withFile } from './fixture.ts';

const USAGE = 'report/sections/usage.hbs';

async function problem(path: string, edit: (text: string) => string): Promise<string> {
  const error = await render(figures(), withFile(path, edit), 'en', []).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TemplateError);
  return error instanceof Error ? error.message : '';
}

/** The text with a line put in as its third. */
const thirdLine = (line: string) => (text: string) =>
  [...text.split('\n').slice(0, 2), line, ...text.split('\n').slice(2)].join('\n');

describe('a mistake in a template is told with its file and line', () => {
  it.each([
    ['an unknown helper', '{{shaer "usage.open-share"}}', 'there is no helper "shaer". Nearby: "share"'],
    ['an unknown partial', '{{> partials/exhibitt}}', 'there is no partial "partials/exhibitt"'],
    [
      'an unknown figure',
      '{{share "usage.open-shares"}}',
      'there is no figure "usage.open-shares". Nearby: "usage.open-share"',
    ],
    [
      'an unknown label',
      '{{t "usage.top.captoin"}}',
      'there is no label "usage.top.captoin" in locales/en/labels.json',
    ],
    [
      'an unknown table',
      '{{#rows "usage-topp"}}{{rank}}{{/rows}}',
      'there is no table or series "usage-topp". Nearby: "usage-top"',
    ],
    [
      'an unknown chart',
      '{{chart "usage-dayly" alt="x"}}',
      'there is no chart charts/usage-dayly.vl.json. Nearby: "usage-daily"',
    ],
    ['an unknown prose file', '{{prose "definition"}}', 'there is no prose locales/en/prose/definition.md'],
    ['an unknown name', '{{headlines}}', 'there is no "headlines" here'],
    ['an unknown column', '{{#rows "usage-top" limit=1}}{{tokenz}}{{/rows}}', 'there is no "tokenz" here'],
    ['an argument that is not there', '{{t "usage.daily.subtitle" x=nowhere}}', '{{t}}: "x" has no value'],
    ['a helper without its argument', '{{share}}', '{{share}} is a helper and takes an argument'],
    [
      'a figure in the wrong unit',
      '{{share "capability.best.closed"}}',
      '"capability.best.closed" is measured in points',
    ],
    ['a chart without its sentence', '{{chart "usage-daily"}}', 'needs alt='],
    ['a prototype', '{{lookup this "constructor"}}', 'has no value'],
  ])('%s', async (_, line, said) => {
    const edited = line.startsWith('{{lookup')
      ? `{{name ${line.slice(2, -2).replace(/^(.*)$/, '($1)')}}}`
      : line;
    const message = await problem(USAGE, thirdLine(edited));
    expect(message).toContain(`templates/${USAGE}, line 3: `);
    expect(message).toContain(said);
  });

  it('Handlebars that does not end', async () => {
    expect(await problem(USAGE, (text) => text.replace('{{/rows}}', ''))).toMatch(
      /^templates\/report\/sections\/usage\.hbs.*not Handlebars/,
    );
  });

  it('a label that does not get its argument', async () => {
    const message = await problem('locales/en/labels.json', (text) =>
      text.replace('"labs.caption": "', '"labs.caption": "{nobody} '),
    );
    expect(message).toMatch(
      /^templates\/report\/sections\/labs\.hbs, line \d+: the label "labs\.caption" names \{nobody\}, which is not given here/,
    );
  });

  it('a label that is not an ICU message', async () => {
    const message = await problem('locales/en/labels.json', (text) =>
      text.replace('"labs.caption": "', '"labs.caption": "{open '),
    );
    expect(message).toMatch(/^templates\/locales\/en\/labels\.json, line \d+: .*not an ICU message/);
  });

  it('JSON with a comma too many, and JSON of another shape', async () => {
    expect(await problem('labs.json', (text) => text.replace('"groups": [', '"groups": [,'))).toMatch(
      /^templates\/labs\.json, line \d+: this is not JSON/,
    );
    expect(
      await problem('claims.json', (text) => text.replace('"confidence": "read"', '"confidence": "heard"')),
    ).toMatch(/^templates\/claims\.json, line \d+: .*confidence/);
    expect(
      await problem('report/axes.json', (text) =>
        text.replace('releases.count.china', 'releases.count.chine'),
      ),
    ).toContain('releases.count.chine');
    expect(await problem('report/order.json', (text) => text.replace('"labs"', '"lab"'))).toMatch(
      /^templates\/report\/order\.json, line \d+: there is no section/,
    );
  });
});
