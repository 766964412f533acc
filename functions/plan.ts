/**
 * The order of the stages, written once, as plain data. A laptop folds it into a sequence of calls
 * (`run.ts`), the cloud into a state machine with one least-privilege role per stage.
 */
export interface Stage {
  readonly name: StageName;
  /** What one invocation of the stage is about. */
  readonly per: 'source' | 'edition' | 'locale';
  /** Key prefixes it reads; `<edition>`, `<source>` and `<locale>` stand for the run's own. */
  readonly reads: readonly string[];
  /** Key prefixes it writes. */
  readonly writes: readonly string[];
  /** Whether it may reach the internet. */
  readonly network: boolean;
}

export type StageName = 'pull' | 'compute' | 'render' | 'print' | 'check' | 'publish';

export const PLAN: readonly Stage[] = [
  {
    name: 'pull',
    per: 'source',
    reads: ['snapshots/<source>/'],
    writes: ['snapshots/<source>/'],
    network: true,
  },
  {
    name: 'compute',
    per: 'edition',
    reads: ['snapshots/', 'public/', 'drafts/<edition>/receipts/'],
    writes: ['drafts/<edition>/'],
    network: false,
  },
  {
    name: 'render',
    per: 'locale',
    reads: ['drafts/<edition>/', 'templates/'],
    writes: ['drafts/<edition>/<locale>/', 'drafts/<edition>/receipts/'],
    network: false,
  },
  {
    name: 'print',
    per: 'locale',
    reads: ['drafts/<edition>/'],
    writes: ['drafts/<edition>/<locale>/', 'drafts/<edition>/receipts/'],
    network: false,
  },
  {
    name: 'check',
    per: 'edition',
    reads: ['drafts/<edition>/'],
    writes: ['drafts/<edition>/verdict.json', 'drafts/<edition>/receipts/'],
    network: false,
  },
  {
    name: 'publish',
    per: 'edition',
    reads: ['drafts/<edition>/', 'public/'],
    writes: ['public/'],
    network: false,
  },
];

export const STAGE_NAMES: readonly StageName[] = PLAN.map((stage) => stage.name);
