import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAN } from '../functions/plan.ts';

const root = resolve(import.meta.dirname, '..');
const program = join(root, 'functions');

/** Which room may look into which: the stage's own room is always allowed. */
const ALLOWED: Record<string, readonly string[]> = {
  // Rooms that know no stage.
  archive: ['edition', 'errors', 'plan'],
  sources: ['edition', 'errors', 'sentences'],
  // Stages: besides these, only the artefacts listed in READS.
  pull: ['edition', 'errors', 'archive', 'sources', 'lambda'],
  compute: ['edition', 'errors', 'sentences', 'archive', 'sources', 'lambda'],
  render: ['edition', 'errors', 'sentences', 'archive', 'lambda'],
  print: ['edition', 'errors', 'archive', 'lambda'],
  check: ['edition', 'errors', 'archive', 'lambda'],
  publish: ['edition', 'errors', 'archive', 'lambda'],
  // Outside the plan: they begin runs and look after them, and see of the stages only what they say they made.
  start: ['edition', 'errors', 'plan', 'archive', 'lambda'],
  watch: ['edition', 'errors', 'archive', 'lambda'],
};

/** Functions that are no stage of the plan. */
const OUTSIDE_THE_PLAN = ['start', 'watch'];

/** Artefact parsers of other rooms that a room may import, since it reads what they make. */
const READS: Record<string, readonly string[]> = {
  archive: ['pull/snapshot.ts', 'sources/source.ts', 'sources/origin.ts'],
  compute: ['pull/snapshot.ts', 'publish/editions.ts'],
  // What was corrected is recorded beside the draft, and printed.
  render: ['compute/leader.ts', 'compute/figures.ts', 'publish/corrections.ts'],
  print: ['render/print-job.ts'],
  check: [
    'compute/figures.ts',
    'publish/corrections.ts',
    'render/print-job.ts',
    'render/email.ts',
    // Charts are read as render writes them.
    'render/svg-tree.ts',
    // Which languages are read from the right.
    'render/writing.ts',
    'print/printed.ts',
    // How a PDF is written: its pages, its tags and its fonts, which print makes and check judges.
    'print/content-stream.ts',
    'print/page-content.ts',
    'print/glyph-map.ts',
    'print/tag-tree.ts',
    'print/tag-attributes.ts',
  ],
  publish: [
    'compute/figures.ts',
    'render/print-job.ts',
    'print/made-with.ts',
    'check/verdict.ts',
    'check/approval.ts',
  ],
  start: [
    'publish/editions.ts',
    'render/locales.ts',
    'render/published.ts',
    'render/templates.ts',
    'sources/index.ts',
    'sources/source.ts',
  ],
  watch: ['publish/editions.ts', 'pull/snapshot.ts', 'sources/index.ts', 'sources/source.ts'],
  // The registry tells pull which namespaces on the Hub are makers.
  'pull/handler.ts': ['compute/registry.ts'],
  // The User-Agent names the program and its version; so does what is written of how an edition was made.
  'sources/http.ts': ['../package.json'],
  'print/print.ts': ['../package.json'],
};

/** Foreign packages, and the only files or rooms that may import them. */
const SDKS: Record<string, readonly string[]> = {
  '@aws-sdk/client-s3': ['archive/s3-store.ts', 'archive/s3-retention.ts'],
  '@aws-sdk/client-ssm': ['pull/source-keys.ts', 'cli/'],
  '@aws-sdk/client-sfn': ['start/state-machine.ts', 'cli/'],
  '@aws-sdk/': ['cli/'],
  '@aws-lambda-powertools/': ['lambda.ts'],
  'puppeteer-core': ['print/'],
  '@sparticuz/chromium': ['print/'],
  '@huggingface/hub': ['sources/'],
  '@openrouter/sdk': ['sources/'],
  undici: ['sources/'],
  handlebars: ['render/'],
  vega: ['render/'],
  'vega-lite': ['render/'],
  'vega-interpreter': ['render/'],
  'markdown-it': ['render/'],
  'intl-messageformat': ['render/'],
  commander: ['cli.ts', 'cli/'],
  'cli-progress': ['cli/'],
  'pdfjs-dist': ['check/'],
};

/** Files at the edge: they may reach the clock, the environment, the file system or the network. */
const EDGES = [
  /^(run|cli|lambda)\.ts$/,
  /^cli\//,
  /\/handler\.ts$/,
  /^archive\/(open-store|file-store|file-lock|s3-store|memory-store)[\w-]*\.ts$/,
  /^sources\/http[\w-]*\.ts$/,
  /^pull\/(recording|doctor)\.ts$/,
  /^compute\/(registry|schema)\.ts$/,
  /^render\/(templates|lint|font-files|preview)\.ts$/,
  /^print\/(chromium|browser|printer|profile|inflate)[\w-]*\.ts$/,
];

interface Import {
  readonly file: string;
  readonly target: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile());
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g,
    ),
  ];
  return found.map((match) => ({
    file: relative(program, file),
    target: match[1] ?? match[2] ?? match[3] ?? '',
  }));
}

const files = sources(program);
const imports = files.flatMap(importsOf);
const room = (path: string) =>
  path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');
const inside = ({ file, target }: Import) => relative(program, resolve(program, dirname(file), target));

describe('the architecture', () => {
  it('has the rooms of the plan and no drawer without a name', () => {
    const folders = readdirSync(program, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const names = folders.map(({ name }) => name).sort();
    const stages = PLAN.map(({ name }) => name);
    expect(names).toEqual(['archive', 'cli', ...stages, ...OUTSIDE_THE_PLAN, 'sources'].sort());
    const drawers = files
      .map((file) => relative(program, file))
      .filter((file) => /(^|\/)(utils?|shared|common|helpers?|misc|lib)(\/|\.ts$)/.test(file));
    expect(drawers).toEqual([]);
  });

  it('lets a room import only what is listed for it', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .filter((one) => {
        const [from, to] = [room(one.file), inside(one)];
        if (!(from in ALLOWED) || to.startsWith(`${from}/`)) return false;
        const allowed = [...(ALLOWED[from] ?? [])];
        const reads = [...(READS[from] ?? []), ...(READS[one.file] ?? [])];
        return !allowed.includes(room(to)) && !reads.includes(to);
      })
      .map((one) => `${one.file} imports ${inside(one)}`);
    expect(wrong).toEqual([]);
  });

  it('lets only handlers import what puts them on Lambda', () => {
    const wrong = imports.filter(
      (one) => one.target.startsWith('.') && inside(one) === 'lambda.ts' && !one.file.endsWith('/handler.ts'),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps foreign packages in their adapters', () => {
    const wrong = imports
      .filter(({ target }) => !target.startsWith('.') && !target.startsWith('node:'))
      .filter(({ file, target }) => {
        const sdk = Object.keys(SDKS).find(
          (name) => target === name || target.startsWith(name.endsWith('/') ? name : `${name}/`),
        );
        return sdk !== undefined && !(SDKS[sdk] ?? []).some((place) => file.startsWith(place));
      })
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  it('keeps clock, environment, file system and network out of everything but the edges', () => {
    const reach =
      /\bprocess\.(env|cwd|argv)\b|\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|from 'node:(fs|fs\/promises|net|http|https|child_process|os)'|\bfetch\(/;
    const wrong = files
      .map((file) => relative(program, file))
      .filter((file) => !EDGES.some((edge) => edge.test(file)))
      .filter((file) => reach.test(withoutComments(readFileSync(join(program, file), 'utf8'))));
    expect(wrong).toEqual([]);
  });

  it('parses at every boundary instead of casting', () => {
    const wrong = files.filter((file) =>
      /JSON\.parse\([^)]*\)\)? as |\.json\(\)\)? as |\bas any\b|@ts-(ignore|nocheck|expect-error)/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });

  it('holds the writes of each stage to its own prefixes', () => {
    const publishers = PLAN.filter(({ writes }) => writes.some((prefix) => prefix.startsWith('public/')));
    expect(publishers.map(({ name }) => name)).toEqual(['publish']);
    expect(PLAN.filter(({ network }) => network).map(({ name }) => name)).toEqual(['pull']);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1');
}
