import type { Edition } from '../edition.ts';

/** Where everything lies: the layout of the archive is the contract between the stages. */
export const keys = {
  snapshots: (source: string) => `snapshots/${source}/`,
  snapshot: (source: string, retrievedAt: string) => `snapshots/${source}/${retrievedAt}/`,
  seal: (source: string, retrievedAt: string) => `snapshots/${source}/${retrievedAt}/snapshot.json`,
  draft: (edition: Edition) => `drafts/${edition}/`,
  inputs: (edition: Edition) => `drafts/${edition}/inputs.json`,
  figures: (edition: Edition) => `drafts/${edition}/figures.json`,
  table: (edition: Edition, id: string) => `drafts/${edition}/tables/${id}.csv`,
  reportHtml: (edition: Edition, locale: string) => `drafts/${edition}/${locale}/report.html`,
  webHtml: (edition: Edition, locale: string) => `drafts/${edition}/${locale}/web.html`,
  printJob: (edition: Edition, locale: string) => `drafts/${edition}/${locale}/print-job.json`,
  reportPdf: (edition: Edition, locale: string) => `drafts/${edition}/${locale}/report.pdf`,
  picture: (edition: Edition, locale: string, name: string) => `drafts/${edition}/${locale}/${name}.png`,
  verdict: (edition: Edition) => `drafts/${edition}/verdict.json`,
  dataPackage: (edition: Edition) => `drafts/${edition}/datapackage.json`,
  figuresSchema: (edition: Edition) => `drafts/${edition}/figures.schema.json`,
  approval: (edition: Edition) => `drafts/${edition}/approval.json`,
  corrections: (edition: Edition) => `drafts/${edition}/corrections.json`,
  revision: (edition: Edition, revision: string) => `public/${edition}/${revision}/`,
  manifest: (edition: Edition, revision: string) => `public/${edition}/${revision}/revision.json`,
  editions: 'public/editions.json',
  feed: (locale: string) => `public/feed.${locale}.xml`,
  templates: 'templates/current.json',
  templateBundle: (sha256: string) => `templates/bundles/${sha256}.json`,
  templateFont: (sha256: string) => `templates/fonts/${sha256}.bin`,
} as const;
