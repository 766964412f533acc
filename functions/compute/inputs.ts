import { z } from 'zod';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';

/** Everything an edition was computed from, by checksum: with it, the figures can be made again for ever. */
export const inputsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  edition: z.string(),
  snapshots: z.array(z.strictObject({ source: z.string(), seal: z.string(), sha256: sha256Schema })),
  registries: z.array(z.strictObject({ name: z.string(), sha256: sha256Schema })),
  earlier: z.array(z.strictObject({ edition: z.string(), revision: z.string(), sha256: sha256Schema })),
});
export type Inputs = z.infer<typeof inputsSchema>;

export const inputsArtefact = jsonArtefact<Inputs>('inputs', inputsSchema);
