import { describe, expect, it } from 'vitest';
import { judgeWeb } from '../../functions/check/web.ts';
import { TemplateError } from '../../functions/errors.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import { type Rendered, render } from '../../functions/render/render.ts';
import type { Templates } from '../../functions/render/templates.ts';
import { EXTREME_MONTHS, type ExtremeMonth, extremeMonth, NAMES, named } from './extreme-months.ts';
import { figures, templates, textOf, withFile } from './fixture.ts';

/** The pages of a month, or the error that names the editor's file. */
async function pagesOf(
  { figures, templates }: ExtremeMonth,
  locale = 'en',
): Promise<Rendered | TemplateError> {
  return render(figures, templates, locale, []).catch((error: unknown) => {
    if (error instanceof TemplateError) return error;
    throw error;
  });
}

/** Traces of a template, and what would run or load; its weight is judged where its fonts are those of its letters. */
function holesIn(page: string): string[] {
  const wrong = judgeWeb(page).filter(({ outcome }) => outcome !== 'passed');
  return wrong.map(({ id, detail }) => `${id}: ${detail}`).filter((one) => !one.startsWith('web.weight'));
}

describe('a month', () => {
  it.each(Object.entries(EXTREME_MONTHS))(
    '%s is written without a hole, or said not to be by file',
    async (_, month) => {
      const rendered = await pagesOf(month());
      if (rendered instanceof TemplateError) {
        // Of a chart one of whose layers has nothing to draw.
        expect(rendered.message).toMatch(/^templates\/charts\/[\w-]+\.vl\.json: .*Infinite extent/);
        return;
      }
      for (const page of [rendered.report, rendered.web]) {
        expect(holesIn(page)).toEqual([]);
        expect(textOf(page)).not.toMatch(/\b(null|Infinity|true|false)\b/);
      }
    },
  );

  it('of 200 labs names each of them, in a table whose head can be repeated', async () => {
    const month = extremeMonth('with 200 labs in its table');
    const { report } = await render(month.figures, month.templates, 'en', []);
    expect(report.match(/Laboratory \d+ of /g)).toHaveLength(200);
    expect(report).toMatch(/<table class="[^"]*\blabs\b[^"]*">[\s\S]{0,300}?<thead>/);
  });

  it('without an axis says so wherever the axis stands, and draws nothing as nought', async () => {
    const { report } = await render(extremeMonth('without usage').figures, templates, 'en', []);
    expect(textOf(report)).toContain('not measured');
    expect(report.match(/<svg\b[^>]*aria-label="Stacked daily/g)).toBeNull();
  });
});

describe('names in five scripts', () => {
  it.each(completeLocales(templates).complete)(
    'leave a page in %s without holes, and without a letter that acts',
    async (locale) => {
      const rendered = await pagesOf(named(Object.values(NAMES)), locale);
      if (rendered instanceof TemplateError) throw rendered;
      for (const page of [rendered.report, rendered.web]) {
        expect(holesIn(page)).toEqual([]);
        // A zero-width joiner comes with an emoji.
        expect(page).not.toMatch(/\u200d|[\u200b\u202a-\u202e]/);
      }
    },
  );
});

describe('a half-translated folder', () => {
  const english = templates.files.get('locales/en/labels.json') ?? '{}';
  const lines = english.split('\n');
  const half = `${lines
    .slice(0, lines.length / 2)
    .join('\n')
    .replace(/,\s*$/, '')}\n}`;
  const halved = withFile('locales/xx/labels.json', half);

  it('is no language of an edition, and says what it lacks when it is asked for', async () => {
    expect(completeLocales(halved).complete).not.toContain('xx');
    await expect(render(figures(), halved, 'xx', [])).rejects.toMatchObject({
      name: 'BadRequest',
      message: expect.stringMatching(/"xx" in templates\/locales\. xx lacks .+ and \d+ more\. Complete: en/),
    });
  });

  it('leaves the other languages as they are', async () => {
    const english = async (all: Templates) => {
      const { report, web } = await render(figures(), all, 'en', []);
      return { report, web };
    };
    expect(await english(halved)).toEqual(await english(templates));
  });
});
