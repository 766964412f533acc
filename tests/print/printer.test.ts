import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../functions/archive/artefact.ts';
import { inspectPdf, type PdfFacts } from '../../functions/check/pdf.ts';
import { PrintFailed } from '../../functions/errors.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter, type Prints } from '../../functions/print/printer.ts';
import type { PrintJob } from '../../functions/render/print-job.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';
import { browsersOf, foldersOf } from './watch.ts';

const printer = browserPrinter(chromium({}));

function print(html: string, job: PrintJob = jobOf({ pictures: [] })): Promise<Prints> {
  return printer.print(html, job, BUDGET_MS);
}

async function failure(html: string, job?: PrintJob): Promise<PrintFailed> {
  const error = await print(html, job).then(
    () => new Error('It was printed'),
    (cause: unknown) => cause,
  );
  if (!(error instanceof PrintFailed)) throw error;
  return error;
}

describe('a printed report', () => {
  let prints: Prints;
  let facts: PdfFacts;

  beforeAll(async () => {
    prints = await print(reportOf(), jobOf());
    facts = await inspectPdf(prints.pdf);
  });

  it('is tagged, and its headings are its bookmarks', () => {
    expect(facts.tagged).toBe(true);
    expect(facts.outline).toEqual([
      { title: 'The balance', level: 1, page: 1 },
      { title: 'Section 1', level: 2, page: 2 },
      { title: 'Section 2', level: 2, page: 3 },
    ]);
  });

  it('embeds its static faces, and none as Type 3', () => {
    expect(facts.fonts.map(({ name }) => name)).toEqual([
      'Inter-Regular',
      'SourceSerif4-Regular',
      'SourceSerif4-SemiBold',
    ]);
    expect(facts.fonts.every(({ embedded, type3 }) => embedded && !type3)).toBe(true);
  });

  it('numbers its pages in the margin', () => {
    expect(facts.textByPage.map((text) => /\d \/ \d/.exec(text)?.[0])).toEqual(['1 / 3', '2 / 3', '3 / 3']);
  });

  it('leads its links to their places', () => {
    expect(facts.links).toMatchObject([
      { from: 1, to: 's1', page: 2, outside: false },
      { from: 1, to: 'https://example.org/', page: null, outside: true },
    ]);
  });

  it('comes with its pictures, exactly as wide as wanted', () => {
    const cover = Buffer.from(prints.pictures.get('cover') ?? []);
    expect(cover.toString('latin1', 1, 4)).toBe('PNG');
    expect(cover.readUInt32BE(16)).toBe(600);
    expect(cover.readUInt32BE(20)).toBeGreaterThan(50);
  });

  it('has the same bytes when printed again, and in another process', async () => {
    const here = await print(reportOf(), jobOf());
    const own = [
      sha256(await finishPdf(prints.pdf, jobOf(), [])),
      sha256(prints.pictures.get('cover') ?? new Uint8Array()),
    ];
    expect(sha256(await finishPdf(here.pdf, jobOf(), []))).toBe(own[0]);
    expect(sha256(here.pictures.get('cover') ?? new Uint8Array())).toBe(own[1]);
    const { stdout } = await promisify(execFile)(process.execPath, [
      resolve(import.meta.dirname, 'print-once.ts'),
    ]);
    expect(stdout.trim().split(' ')).toEqual(own);
  });

  it('leaves no browser and no folder behind', async () => {
    expect(await browsersOf()).toEqual([]);
    expect(await foldersOf()).toEqual([]);
  });
});

describe('what a document may not do', () => {
  it('runs no script', async () => {
    const { pdf } = await print(reportOf({ body: '<script>document.body.textContent = "it ran"</script>' }));
    expect((await inspectPdf(pdf)).textByPage.join()).not.toContain('it ran');
  });

  const asking: [what: string, html: string, asked: string][] = [
    [
      'a frame of a local file',
      reportOf({ body: '<iframe src="file:///etc/hostname"></iframe>' }),
      'file:///',
    ],
    [
      'an object of a local file',
      reportOf({ body: '<object data="file:///etc/hostname"></object>' }),
      'file:///',
    ],
    ['a picture of a local file', reportOf({ body: '<img src="file:///etc/hostname">' }), 'file:///'],
    [
      'a background of a local file',
      reportOf({ css: 'h1{background:url(file:///etc/hostname)}' }),
      'file:///',
    ],
    [
      'a local style sheet',
      reportOf({ body: '<link rel="stylesheet" href="file:///etc/hostname">' }),
      'file:///',
    ],
    [
      'an imported local style sheet',
      reportOf({ body: '<style>@import "file:///etc/hostname";</style>' }),
      'file:///',
    ],
    [
      'a local font',
      reportOf({ css: '@font-face{font-family:X;src:url(file:///etc/hostname)} p{font-family:X}' }),
      'file:///',
    ],
    [
      'a chart with a local picture',
      reportOf({ body: '<svg><image href="file:///etc/hostname"/></svg>' }),
      'file:///',
    ],
    [
      'a picture of the web',
      reportOf({ body: '<img src="http://127.0.0.1:9/x.png">' }),
      'http://127.0.0.1:9/x.png',
    ],
    [
      'a style sheet of the web',
      reportOf({ body: '<link rel="stylesheet" href="https://example.org/x.css">' }),
      'https://example.org/x.css',
    ],
    [
      'a picture beside the document',
      reportOf({ body: '<img src="chart.png">' }),
      'https://edition.invalid/chart.png',
    ],
    [
      'another page instead of itself',
      reportOf({ body: '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">' }),
      'http://127.0.0.1:9/',
    ],
    ['a page within the page', reportOf({ body: '<iframe srcdoc="<p>hello</p>"></iframe>' }), 'a frame'],
  ];
  it.each(asking)('ask for %s', async (_, html, asked) => {
    const error = await failure(html);
    expect(error).toMatchObject({ way: 'request-refused' });
    expect(error.message).toContain(asked);
  });
});

describe('a document that would print wrongly', () => {
  it('without a face that the job names is refused, naming the face', async () => {
    const error = await failure(reportOf(), jobOf({ pictures: [], fonts: ['700 12px "Inter Display"'] }));
    expect(error).toMatchObject({ way: 'font-missing' });
    expect(error.message).toContain('700 12px "Inter Display"');
  });

  it('with a damaged face is refused', async () => {
    const damaged = reportOf().replace(
      /(font-weight:600;src:url\(data:font\/woff2;base64,.{200}).{400}/,
      '$1',
    );
    expect(await failure(damaged)).toMatchObject({ way: 'font-missing' });
  });

  it('with letters that its faces lack is refused, naming the text and the face that would stand in', async () => {
    const error = await failure(reportOf({ body: '<p>Баланс моделей</p>' }));
    expect(error).toMatchObject({ way: 'font-missing' });
    expect(error.message).toContain('"Баланс моделей" in Open Sans');
  });

  it('with such letters in the margin of its pages is refused too', async () => {
    const error = await failure(reportOf({ css: '@page{@top-left{content:"Баланс"}}' }));
    expect(error).toMatchObject({ way: 'font-missing' });
  });

  it('whose face is named otherwise than its family is printed', async () => {
    const renamed = reportOf().replaceAll('Source Serif 4', 'Reading');
    const fonts = ['400 12px "Reading"', '600 12px "Reading"', '400 12px "Inter"'];
    expect((await print(renamed, jobOf({ pictures: [], fonts }))).pdf.length).toBeGreaterThan(1000);
  });

  it('wider than its page is refused, naming what is too wide', async () => {
    const error = await failure(reportOf({ body: '<p class="wide" style="width:900px">too wide</p>' }));
    expect(error).toMatchObject({ way: 'page-overflow' });
    expect(error.message).toContain('<p class="wide"> "too wide" reaches to 900 px');
  });

  it('as wide as its page, to the edge, is printed', async () => {
    const { pdf } = await print(
      reportOf({
        css: '@page full{size:A4;margin:0} .full{page:full;width:210mm;height:200mm;background:#eee}',
        body: '<div class="full">to the edge</div><div style="width:174mm">to the margin</div>',
      }),
    );
    expect((await inspectPdf(pdf)).textByPage.join()).toContain('to the edge');
  });

  it('whose chart has numbers that are none is refused', async () => {
    const error = await failure(reportOf({ body: '<svg><path d="M0,0LNaN,5"/></svg>' }));
    expect(error).toMatchObject({ way: 'bad-document' });
    expect(error.message).toContain('Expected number');
  });

  it.each(['#nowhere', '##', '#flat'])(
    'without anything to see at the picture’s place, %s, is refused',
    async (selector) => {
      const html = reportOf({ body: '<div id="flat"></div>' });
      const error = await failure(html, jobOf({ pictures: [{ name: 'cover', selector, width: 600 }] }));
      expect(error).toMatchObject({ way: 'bad-document' });
      expect(error.message).toContain(`"${selector}"`);
    },
  );
});
