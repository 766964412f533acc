import { beforeAll, describe, expect, it } from 'vitest';
import { madeFrom } from '../../functions/render/made-from.ts';
import { loadTemplates, type Templates } from '../../functions/render/templates.ts';
import { facesOf, readTheme, type Theme } from '../../functions/render/theme.ts';

describe('what pages were written with', () => {
  let templates: Templates;
  let theme: Theme;
  beforeAll(async () => {
    templates = await loadTemplates(new URL('../../templates/', import.meta.url));
    theme = readTheme(templates.files);
  });

  it('is the same templates whatever order their files come in, and wherever they were published from', () => {
    const reversed = new Map([...templates.files].reverse());
    const made = madeFrom({ ...templates, files: reversed, commit: 'abcdef0' }, theme, 'en');
    expect(made.templates.sha256).toBe(madeFrom(templates, theme, 'en').templates.sha256);
    expect(made.templates.commit).toBe('abcdef0');
  });

  it('is other templates after one changed letter', () => {
    const files = new Map(templates.files).set('report/report.css', '/**/');
    const made = madeFrom({ ...templates, files }, theme, 'en');
    expect(made.templates.sha256).not.toBe(madeFrom(templates, theme, 'en').templates.sha256);
  });

  it('is every face of the language and none of another’s', () => {
    const { fonts } = madeFrom(templates, theme, 'en');
    const packages = new Set(Object.keys(fonts).map((name) => name.split('/files/')[0]));
    expect(packages).toEqual(new Set(facesOf(theme, 'en').map((face) => face.package)));
    for (const sum of Object.values(fonts)) expect(sum).toMatch(/^[0-9a-f]{64}$/);
  });
});
