import { describe, expect, it } from 'vitest';
import { rehearse } from '../../functions/cli/rehearse.ts';
import { loadTemplates } from '../../functions/render/templates.ts';

const own = await loadTemplates(new URL('../../templates/', import.meta.url));
const withPage = (extra: string) => ({
  ...own,
  files: new Map([...own.files, ['report/report.hbs', `${own.files.get('report/report.hbs')}${extra}`]]),
});

describe('before templates are published', () => {
  it('an edition is rendered with them', async () => {
    await expect(rehearse(own)).resolves.toBeUndefined();
  });

  it('a name that no page knows is found, in its file', async () => {
    await expect(rehearse(withPage('{{nope}}'))).rejects.toMatchObject({
      name: 'TemplateError',
      message: expect.stringMatching(/report\.hbs.*nope/s),
    });
  });
});
