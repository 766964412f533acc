import type { Archive } from '../../functions/archive/archive.ts';
import { bytesArtefact } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { Work } from '../../functions/archive/work.ts';
import { type Decision, verdictArtefact } from '../../functions/check/verdict.ts';
import { type Figures, figuresArtefact } from '../../functions/compute/figures.ts';
import type { Edition } from '../../functions/edition.ts';
import { type PrintJob, printJobArtefact } from '../../functions/render/print-job.ts';

const bytes = bytesArtefact();
const sum = 'a'.repeat(64);

/** Figures that say nothing but which month they are of. */
export function emptyFigures(edition: string): Figures {
  return {
    schemaVersion: 2,
    edition,
    kind: 'synthetic',
    registry: { organisations: sum, openness: sum, classifiedAt: '2026-08-01' },
    sources: [],
    absent: [],
    methods: [],
    figures: {},
    tables: {},
    series: {},
    checks: [],
  };
}

/** The print job of an edition in one language. */
export function jobOf(edition: string, changes: Partial<PrintJob> = {}): PrintJob {
  return {
    schemaVersion: 1,
    title: `The Balance, ${edition}`,
    author: 'The Balance',
    subject: `What ${edition} was about.`,
    keywords: [],
    language: 'en',
    direction: 'ltr',
    date: '2026-08-01T00:00:00.000Z',
    attachments: [],
    pictures: [],
    fonts: [],
    url: `https://balance.example/${edition}/`,
    corrections: [],
    ...changes,
  };
}

/** A judged draft whose report's words are given: what publish finds. */
export async function judgedDraft(
  archive: Archive,
  edition: Edition,
  words: string,
  decision: Decision = 'publish',
  job: Partial<PrintJob> = {},
): Promise<void> {
  const compute = await Work.open(archive, { stage: 'compute', edition });
  await compute.write(figuresArtefact, keys.figures(edition), emptyFigures(edition));
  await compute.finish();
  const print = await Work.open(archive, { stage: 'print', edition, locale: 'en' });
  await print.read(figuresArtefact, keys.figures(edition));
  await print.write(bytes, keys.reportPdf(edition, 'en'), new TextEncoder().encode(`%PDF-${words}`));
  await print.write(bytes, keys.reportHtml(edition, 'en'), new TextEncoder().encode(words));
  await print.write(printJobArtefact, keys.printJob(edition, 'en'), jobOf(edition, job));
  await print.finish();
  const check = await Work.open(archive, { stage: 'check', edition });
  const judged = Object.fromEntries(check.finished);
  for (const key of Object.keys(judged)) await check.read(bytes, key);
  const reasons =
    decision === 'publish'
      ? []
      : [
          {
            id: 'test.reason',
            sentence: 'A test.',
            outcome: 'hold' as const,
            detail: 'a repository above 10 % of an axis',
          },
        ];
  await check.write(verdictArtefact, keys.verdict(edition), {
    schemaVersion: 1,
    edition,
    decision,
    reasons,
    locales: ['en'],
    judged,
  });
  await check.finish();
}
