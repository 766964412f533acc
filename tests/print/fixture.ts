import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PrintJob } from '../../functions/render/print-job.ts';

const require = createRequire(import.meta.url);

function face(family: string, weight: number, file: string): string {
  const data = readFileSync(require.resolve(`@fontsource/${file}.woff2`)).toString('base64');
  return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}

const FACES = [
  face('Source Serif 4', 400, 'source-serif-4/files/source-serif-4-latin-400-normal'),
  face('Source Serif 4', 600, 'source-serif-4/files/source-serif-4-latin-600-normal'),
  face('Inter', 400, 'inter/files/inter-latin-400-normal'),
].join('\n');

const SUBJECTS = 'download usage release capability derivative licence price concentration history'.split(
  ' ',
);

/** A report in small: a cover, sections with a table, page numbers in the margin; in embedded static faces. */
export function reportOf({
  sections = 2,
  body = '',
  css = '',
}: {
  sections?: number;
  body?: string;
  css?: string;
} = {}): string {
  const prose = (about: string) =>
    `The ${about} of open models is counted every month, and ${about} is what this page is about. `.repeat(
      16,
    );
  const pages = Array.from(
    { length: sections },
    (
      _,
      index,
    ) => `<section id="s${index + 1}"><h2>Section ${index + 1}</h2><p>${prose(SUBJECTS[index % SUBJECTS.length] ?? '')}</p>
      <table><thead><tr><th scope="col">Maker</th><th scope="col">Share</th></tr></thead>
      <tbody><tr><th scope="row">Maker ${index}</th><td>${index} %</td></tr></tbody></table></section>`,
  ).join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fixture</title><style>
${FACES}
@page{size:A4;margin:20mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:400 9pt Inter}}
*{font-synthesis:none}
body{margin:0;font:400 11pt "Source Serif 4"} h1,h2{font-weight:600} th{font-weight:400;text-align:left}
section{break-before:page}
${css}</style></head><body>
<header id="cover"><h1>The balance</h1><p>Chinese open models served 87% of open tokens. ${prose('balance')}</p>
<p><a href="#s1">First section</a> <a href="https://example.org/">Elsewhere</a></p></header>
${pages}
${body}</body></html>`;
}

/** A job that prints the fixture. */
export function jobOf(changes: Partial<PrintJob> = {}): PrintJob {
  return {
    schemaVersion: 1,
    title: 'Balance, July 2026',
    author: 'The publisher',
    subject: 'Chinese open models served 87% of open tokens.',
    keywords: ['open models', 'balance'],
    language: 'en',
    direction: 'ltr',
    date: '2026-08-22T00:05:21.000Z',
    attachments: [],
    pictures: [{ name: 'cover', selector: '#cover', width: 600 }],
    fonts: ['400 12px "Source Serif 4"', '600 12px "Source Serif 4"', '400 12px "Inter"'],
    ...changes,
  };
}

/** Long enough for a busy machine that has to unpack the browser first. */
export const BUDGET_MS = 60_000;
