import { z } from 'zod';
import type { Edition } from '../edition.ts';
import { IncompleteEdition } from '../errors.ts';
import { PLAN, type StageName } from '../plan.ts';
import type { Archive, Written } from './archive.ts';
import { type Artefact, jsonArtefact, sha256Schema } from './artefact.ts';

const writtenSchema = z.record(z.string(), sha256Schema);

/** What a stage read and wrote, with the SHA-256 of each; written last, so that without it the stage did not run. */
const receiptSchema = z.strictObject({
  stage: z.string(),
  edition: z.string(),
  locale: z.string().nullable(),
  read: writtenSchema,
  wrote: writtenSchema,
});
export type Receipt = z.infer<typeof receiptSchema>;
const receiptArtefact = jsonArtefact<Receipt>('receipt', receiptSchema);

function receiptKey(edition: string, stage: string, locale: string | null): string {
  return `drafts/${edition}/receipts/${stage}${locale ? `-${locale}` : ''}.json`;
}

/** Whose work it is. */
export interface WorkOf {
  readonly stage: StageName;
  readonly edition: Edition;
  readonly locale?: string;
}

/** An object of the draft as the stage that made it wrote it down. */
interface Made {
  readonly sha256: string;
  readonly receipt: Receipt;
}

/**
 * One stage at work on a draft. What it reads must be what an earlier stage finished, byte for byte: two runs
 * on one draft, a stage killed halfway, or a hand-edited file show up as an error, not as a mixed edition.
 */
export class Work {
  readonly of: WorkOf;
  readonly #archive: Archive;
  readonly #made: ReadonlyMap<string, Made>;
  readonly #read: Record<string, string> = {};
  readonly #wrote: Record<string, string> = {};

  private constructor(archive: Archive, of: WorkOf, made: ReadonlyMap<string, Made>) {
    this.#archive = archive;
    this.of = of;
    this.#made = made;
  }

  /** Opens a stage's work: loads the receipts of the stages before it. */
  static async open(archive: Archive, of: WorkOf): Promise<Work> {
    const before = PLAN.slice(
      0,
      PLAN.findIndex((stage) => stage.name === of.stage),
    ).map((stage) => stage.name);
    const made = new Map<string, Made>();
    for (const receipt of await receipts(archive, of.edition, before, of.locale)) {
      for (const [key, sha256] of Object.entries(receipt.wrote)) made.set(key, { sha256, receipt });
    }
    return new Work(archive, of, made);
  }

  /** The keys that earlier stages finished, with their SHA-256, in order. */
  get finished(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#made].map(([key, { sha256 }]) => [key, sha256] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  /**
   * Reads an object that an earlier stage finished.
   *
   * @throws IncompleteEdition if no stage did, its bytes changed since, or what it was made from was made anew since
   */
  async read<T>(artefact: Artefact<T>, key: string): Promise<T> {
    const { stage, edition } = this.of;
    const made = this.#made.get(key);
    if (!made) {
      throw new IncompleteEdition(
        `The draft of ${edition} has no ${artefact.name} yet: no stage before ${stage} has made ${key} in ${this.#archive.url}. Run the stages before ${stage} first.`,
        { key },
      );
    }
    this.#assertFresh(made.receipt);
    const found = await this.#archive.find(artefact, key);
    if (!found || found.sha256 !== made.sha256) {
      throw new IncompleteEdition(
        `The ${artefact.name} at ${this.#archive.url}${key} is not what ${made.receipt.stage} finished${found ? '' : ': it is gone'}. Run again from ${made.receipt.stage}; if another run is at work on this archive, let it finish first.`,
        { key, stage: made.receipt.stage },
      );
    }
    this.#read[key] = found.sha256;
    return found.value;
  }

  /** Writes an object of this stage. */
  async write<T>(artefact: Artefact<T>, key: string, value: T): Promise<Written> {
    const written = await this.#archive.write(artefact, key, value);
    this.#wrote[key] = written.sha256;
    return written;
  }

  /** Says that the stage is done: only now do later stages see what it wrote. */
  async finish(): Promise<void> {
    const { stage, edition, locale = null } = this.of;
    const receipt: Receipt = { stage, edition, locale, read: sorted(this.#read), wrote: sorted(this.#wrote) };
    await this.#archive.write(receiptArtefact, receiptKey(edition, stage, locale), receipt);
  }

  /** Everything a receipt's stage read is still what the stage before it has made, and so on back to the figures. */
  #assertFresh(receipt: Receipt): void {
    for (const [key, sum] of Object.entries(receipt.read)) {
      const source = this.#made.get(key);
      if (!source) continue;
      if (source.sha256 !== sum) {
        throw new IncompleteEdition(
          `The draft of ${receipt.edition} is mixed: ${receipt.stage} used another ${key} than ${source.receipt.stage} has made since. Run again from ${receipt.stage}; if another run is at work on this archive, let it finish first.`,
          { key, stage: receipt.stage },
        );
      }
      this.#assertFresh(source.receipt);
    }
  }
}

/** Whether a stage of the whole edition has finished its part of the draft. */
export async function isFinished(archive: Archive, edition: Edition, stage: StageName): Promise<boolean> {
  return (await archive.find(receiptArtefact, receiptKey(edition, stage, null))) !== undefined;
}

/** The receipts of the named stages, in the order of the plan; of one locale, or of all. */
async function receipts(
  archive: Archive,
  edition: Edition,
  stages: readonly StageName[],
  locale?: string,
): Promise<Receipt[]> {
  const found: Receipt[] = [];
  for await (const key of archive.list(`drafts/${edition}/receipts/`)) {
    const receipt = (await archive.read(receiptArtefact, key)).value;
    if (locale === undefined || receipt.locale === null || receipt.locale === locale) found.push(receipt);
  }
  const order = (receipt: Receipt) => stages.indexOf(receipt.stage as StageName);
  return found.filter((receipt) => order(receipt) >= 0).sort((a, b) => order(a) - order(b));
}

function sorted(sums: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}
