import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inspectPdf } from '../../functions/check/pdf.ts';
import { judgePdf } from '../../functions/check/pdf-judge.ts';
import { judgeWeb } from '../../functions/check/web.ts';
import { figuresArtefact } from '../../functions/compute/figures.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { render } from '../../functions/render/render.ts';
import { loadTemplates } from '../../functions/render/templates.ts';

const hostile = '通义🚀 <script>x()</script> {{x}} \\u202Eexe.fdp\\u0007 __proto__ K3';

it('a model whose name holds markup, braces, other scripts, reordering and control characters is printed and passes the judge', async () => {
  const body = readFileSync(new URL('../fixtures/figures.json', import.meta.url), 'utf8').replaceAll(
    'Kimi K3',
    hostile,
  );
  const figures = figuresArtefact.parse(new TextEncoder().encode(body), 'tests/fixtures/figures.json');
  const templates = await loadTemplates(new URL('../../templates/', import.meta.url));
  const { report, web, job } = await render(figures, templates, 'en', []);
  const { pdf } = await browserPrinter(chromium({})).print(report, { ...job, pictures: [] }, 60_000);
  const facts = await inspectPdf(await finishPdf(pdf, job, []));
  const expected = {
    title: job.title,
    language: 'en',
    onCover: [job.subject],
    families: ['SourceSerif4', 'Inter'],
  };
  const faults = [...judgePdf(facts, expected), ...judgeWeb(web)].filter(
    ({ outcome }) => outcome !== 'passed',
  );
  expect(faults).toEqual([]);
  expect(facts.textByPage.join(' ')).toMatch(/¤¤¤ <script>x\(\)<\/script> \{ \{x\} \} ¤exe\.fdp¤ __proto__/);
});
